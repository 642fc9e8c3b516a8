// Events and what they are made of <-> bytes: shared by history rows and effects. Pure.
#pragma once

#include "record/value_bytes.hpp"
#include "workflow/interpreter.hpp"

namespace workflow::record {

void write_texts(Writer& out, const std::vector<std::string>& texts);
[[nodiscard]] std::vector<std::string> read_texts(Reader& in);
void write_fields(Writer& out, const FieldValues& fields);
[[nodiscard]] FieldValues read_fields(Reader& in, const Secrets& secrets);
void write_message(Writer& out, const Message& message);
[[nodiscard]] Message read_message(Reader& in, const Secrets& secrets);
void write_child_ended(Writer& out, const ChildEnded& ended);
[[nodiscard]] ChildEnded read_child_ended(Reader& in, const Secrets& secrets);
void write_caller(Writer& out, const std::optional<Caller>& caller);
[[nodiscard]] std::optional<Caller> read_caller(Reader& in);

void write_event(Writer& out, const Event& event);
/// Error{corrupt} for a kind that is none.
[[nodiscard]] Event read_event(Reader& in, const Secrets& secrets);

}  // namespace workflow::record
