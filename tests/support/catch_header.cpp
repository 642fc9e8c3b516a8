// Only carries the precompiled header of Catch2.
