#include "record/event_bytes.hpp"
#include "record/record.hpp"
#include "workflow/error.hpp"

namespace workflow::record {
namespace {

// Numbers of the kinds of effect, for ever.
enum EffectTag : std::uint8_t {
    effect_notice = 1,
    effect_dispatch,
    effect_service_request,
    effect_child_start,
    effect_child_cancel,
    effect_child_report,
};

struct WriteEffect {
    Writer& out;
    void operator()(const Notice& notice) const {
        out.number(effect_notice);
        out.number(notice.token);
        out.index(notice.state);
        out.index(notice.clock);
        out.number(notice.roles.size());
        for (const std::uint32_t role : notice.roles) out.number(role);
        out.number(notice.text.translations.size());
        for (const auto& [language, text] : notice.text.translations) {
            out.text(language);
            out.text(text);
        }
    }
    void operator()(const Dispatch& dispatch) const {
        out.number(effect_dispatch);
        out.number(dispatch.token);
        out.index(dispatch.state);
        out.text(dispatch.instance);
        write_message(out, dispatch.message);
    }
    void operator()(const ServiceRequest& request) const {
        out.number(effect_service_request);
        out.number(request.token);
        out.index(request.state);
        out.text(request.handler);
        write(out, request.input);
        out.number(request.attempt);
        out.flag(request.withdrawn);
    }
    void operator()(const ChildStart& start) const {
        out.number(effect_child_start);
        out.number(start.token);
        out.index(start.state);
        out.text(start.child);
        out.text(start.procedure);
        out.text(start.entry);
        out.number(static_cast<std::uint64_t>(start.version));
        out.text(start.variant);
        write_fields(out, start.input);
        out.number(start.depth);
        out.flag(start.detached);
    }
    void operator()(const ChildCancel& cancel) const {
        out.number(effect_child_cancel);
        out.number(cancel.token);
        out.text(cancel.child);
    }
    void operator()(const ChildReport& report) const {
        out.number(effect_child_report);
        out.text(report.caller);
        write_child_ended(out, report.ended);
    }
};

ServiceRequest read_service_request(Reader& in) {
    ServiceRequest request;
    request.token = in.number32();
    request.state = in.index();
    request.handler = in.text();
    request.input = read_value(in, {});
    request.attempt = in.number32();
    request.withdrawn = in.flag();
    return request;
}

ChildStart read_child_start(Reader& in) {
    ChildStart start;
    start.token = in.number32();
    start.state = in.index();
    start.child = in.text();
    start.procedure = in.text();
    start.entry = in.text();
    start.version = static_cast<std::int64_t>(in.number());
    start.variant = in.text();
    start.input = read_fields(in, {});
    start.depth = in.number32();
    start.detached = in.flag();
    return start;
}

Notice read_notice(Reader& in) {
    Notice notice;
    notice.token = in.number32();
    notice.state = in.index();
    notice.clock = in.index();
    notice.roles.resize(in.count());
    for (std::uint32_t& role : notice.roles) role = in.number32();
    notice.text.translations.resize(in.count());
    for (auto& [language, text] : notice.text.translations) {
        language = in.text();
        text = in.text();
    }
    return notice;
}

Dispatch read_dispatch(Reader& in) {
    Dispatch dispatch;
    dispatch.token = in.number32();
    dispatch.state = in.index();
    dispatch.instance = in.text();
    dispatch.message = read_message(in, {});
    return dispatch;
}

Effect read_effect(Reader& in) {
    switch (in.number()) {
        case effect_notice:
            return read_notice(in);
        case effect_dispatch:
            return read_dispatch(in);
        case effect_service_request:
            return read_service_request(in);
        case effect_child_start:
            return read_child_start(in);
        case effect_child_cancel: {
            ChildCancel cancel;
            cancel.token = in.number32();
            cancel.child = in.text();
            return cancel;
        }
        case effect_child_report: {
            ChildReport report;
            report.caller = in.text();
            report.ended = read_child_ended(in, {});
            return report;
        }
        default:
            throw Error(ErrorCode::corrupt, "a stored effect is of an unknown kind");
    }
}

}  // namespace

std::string encode(const Effect& effect) {
    Writer out;
    out.number(effect_format);
    std::visit(WriteEffect{out}, effect);
    return out.take();
}

Effect decode_effect(std::string_view bytes) {
    Reader in(bytes);
    check_format(in.number(), effect_format, "effect");
    Effect effect = read_effect(in);
    in.finish();
    return effect;
}

std::string encode_message(const Message& message) {
    Writer out;
    out.number(message_format);
    write_message(out, message);
    return out.take();
}

Message decode_message(std::string_view bytes) {
    Reader in(bytes);
    check_format(in.number(), message_format, "message");
    Message message = read_message(in, {});
    in.finish();
    return message;
}

}  // namespace workflow::record
