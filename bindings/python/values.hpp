// Python's values as values of the library and back. Under the interpreter's lock only.
#pragma once

#include <pybind11/pybind11.h>

#include <string_view>

#include "workflow/error.hpp"
#include "workflow/value.hpp"

namespace workflow::python {

/// Once, before anything else here: Python's own dates. error_already_set: it has none.
void import_dates();

/// Error{misuse}, Error{limit}: what is no data.
[[nodiscard]] Value value_of(pybind11::handle object);
/// What a call is given, a dict: None is left out. Errors as value_of().
[[nodiscard]] Value arguments_of(PyObject* dict);
/// What `what` has returned. Error{misuse}: no datetime, or one without a zone.
[[nodiscard]] Instant instant_of(pybind11::handle object, const char* what);
/// A view of a str's bytes, which live as long as it does. Error{misuse}: it holds a surrogate.
[[nodiscard]] std::string_view bytes_of(PyObject* text);

[[nodiscard]] pybind11::object object_of(const Value& value);
/// Owns what Python made. error_already_set: it made nothing.
[[nodiscard]] pybind11::object stolen(PyObject* made);

}  // namespace workflow::python
