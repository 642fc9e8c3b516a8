// What the shared library shows: the public headers' names, and nothing behind them.
#pragma once

#if defined(__GNUC__)
#define WORKFLOW_PUBLIC __attribute__((visibility("default")))
#else
#define WORKFLOW_PUBLIC
#endif
