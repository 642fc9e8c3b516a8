// XES by expat, which resolves no entity of a document type because we let none be declared.
#include <expat.h>

#include <memory>

#include "event_log/inflated.hpp"
#include "event_log/log_builder.hpp"
#include "workflow/limits.hpp"

namespace workflow {
namespace event_log {
namespace {

class XesReader {
public:
    XesReader(std::string file, Diagnostics& diagnostics)
        : builder_(std::move(file), diagnostics), parser_(XML_ParserCreate(nullptr)) {
        XML_SetUserData(parser_.get(), this);
        XML_SetElementHandler(parser_.get(), on_start, on_end);
        XML_SetStartDoctypeDeclHandler(parser_.get(), on_doctype);
    }

    std::optional<EventLog> read(std::string_view bytes) {
        try {
            Inflated source(bytes);
            for (bool is_last = false; !is_last;) {
                std::string_view piece;
                const Inflating state = source.next(piece);
                if (state == Inflating::damaged) builder_.fail(0, 0, "log-not-gzip");
                if (state == Inflating::too_large) {
                    builder_.fail(0, 0, "log-too-large", {std::to_string(limits::log_bytes_max)});
                }
                is_last = state == Inflating::done;
                parse(piece, is_last);
            }
            if (!has_log_) builder_.fail(1, 1, "not-a-log");
        } catch (const Unreadable&) {  // the finding says why
        }
        return builder_.take();
    }

private:
    struct Free {
        void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
    };
    enum class Inside : std::uint8_t { nothing, log, trace, event };

    void parse(std::string_view piece, bool is_last) {
        const auto status = XML_Parse(parser_.get(), piece.data(), static_cast<int>(piece.size()),
                                      is_last ? 1 : 0);
        if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
        if (status == XML_STATUS_OK) return;
        builder_.fail(line(), column(), "not-xml",
                      {XML_ErrorString(XML_GetErrorCode(parser_.get()))});
    }

    [[nodiscard]] std::uint32_t line() const {
        return static_cast<std::uint32_t>(XML_GetCurrentLineNumber(parser_.get()));
    }
    [[nodiscard]] std::uint32_t column() const {
        return static_cast<std::uint32_t>(XML_GetCurrentColumnNumber(parser_.get())) + 1;
    }

    /// Expat is C: no exception may pass through it.
    template <class Work>
    static void guarded(void* self, const Work& work) {
        auto& reader = *static_cast<XesReader*>(self);
        if (reader.failure_) return;
        try {
            work(reader);
        } catch (...) {
            reader.failure_ = std::current_exception();
            XML_StopParser(reader.parser_.get(), XML_FALSE);
        }
    }
    static void on_start(void* self, const char* name, const char** attributes) {
        guarded(self, [&](XesReader& reader) { reader.start(name, attributes); });
    }
    static void on_end(void* self, const char* name) {
        guarded(self, [&](XesReader& reader) { reader.end(name); });
    }
    static void on_doctype(void* self, const char*, const char*, const char*, int) {
        guarded(self, [&](XesReader& reader) {
            reader.builder_.fail(reader.line(), reader.column(), "log-with-document-type");
        });
    }

    void start(std::string_view name, const char** attributes) {
        if (++depth_ > limits::log_depth_max) {
            builder_.fail(line(), column(), "log-too-deep", {std::to_string(limits::log_depth_max)});
        }
        if (inside_ == Inside::nothing) {
            if (name != "log" || depth_ != 1) builder_.fail(line(), column(), "not-a-log");
            inside_ = Inside::log;
            has_log_ = true;
        } else if (inside_ == Inside::log && depth_ == 2 && name == "trace") {
            inside_ = Inside::trace;
            case_ = {};
            case_line_ = line();
        } else if (inside_ == Inside::trace && depth_ == 3 && name == "event") {
            inside_ = Inside::event;
            event_ = {};
            has_time_ = false;
            event_line_ = line();
            builder_.count_event(event_line_);
        } else if ((inside_ == Inside::trace && depth_ == 3) ||
                   (inside_ == Inside::event && depth_ == 4)) {
            attribute(attributes);
        }
    }

    /// Of a case or an event itself, not of another attribute.
    void attribute(const char** attributes) {
        std::string_view key;
        std::string_view value;
        for (; *attributes != nullptr; attributes += 2) {
            const std::string_view which = attributes[0];
            if (which == "key") key = attributes[1];
            if (which == "value") value = attributes[1];
        }
        if (value.size() > limits::log_value_bytes_max) {
            builder_.fail(line(), column(), "log-value-too-long",
                          {std::string(key), std::to_string(limits::log_value_bytes_max)});
        }
        if (inside_ == Inside::trace) {
            if (key == "concept:name") case_.id = value;
            return;
        }
        if (key == "concept:name") event_.activity = value;
        if (key == "org:resource") event_.resource = value;
        if (key == "org:role") event_.group = value;
        if (key == "org:group" && event_.group.empty()) event_.group = value;
        if (key == "lifecycle:transition") event_.transition = transition_named(value);
        if (key == "time:timestamp") read_time(value);
    }

    void read_time(std::string_view value) {
        const auto at = parse_instant(value, UtcOffset{});
        has_time_ = true;
        if (at) {
            event_.at = *at;
        } else {
            builder_.error(line(), column(), "not-a-timestamp", {std::string(value)});
        }
    }

    void end(std::string_view name) {
        --depth_;
        if (inside_ == Inside::event && depth_ == 2 && name == "event") {
            if (event_.activity.empty()) builder_.error(event_line_, 1, "event-without-name");
            if (!has_time_) builder_.error(event_line_, 1, "event-without-time", {event_.activity});
            case_.events.push_back(std::move(event_));
            inside_ = Inside::trace;
        } else if (inside_ == Inside::trace && depth_ == 1 && name == "trace") {
            if (case_.id.empty()) builder_.error(case_line_, 1, "case-without-name");
            builder_.add(std::move(case_), case_line_);
            inside_ = Inside::log;
        }
    }

    LogBuilder builder_;
    std::unique_ptr<XML_ParserStruct, Free> parser_;
    std::exception_ptr failure_;
    Inside inside_ = Inside::nothing;
    bool has_log_ = false;
    std::size_t depth_ = 0;
    LoggedCase case_;
    std::uint32_t case_line_ = 0;
    LoggedEvent event_;
    bool has_time_ = false;
    std::uint32_t event_line_ = 0;
};

}  // namespace
}  // namespace event_log

LoadedEventLog load_xes(std::string_view bytes, const std::string& file) {
    LoadedEventLog loaded;
    loaded.log = event_log::XesReader(file, loaded.diagnostics).read(bytes);
    return loaded;
}

}  // namespace workflow
