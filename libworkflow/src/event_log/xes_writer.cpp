#include <ostream>

#include "workflow/error.hpp"
#include "workflow/event_log.hpp"

namespace workflow {
namespace {

/// As the value of an attribute; what XML 1.0 has no character for (2.2) becomes U+FFFD.
std::string attribute_value(std::string_view text) {
    std::string escaped;
    for (const char letter : text) {
        switch (letter) {
            case '&':
                escaped += "&amp;";
                break;
            case '<':
                escaped += "&lt;";
                break;
            case '>':
                escaped += "&gt;";
                break;
            case '"':
                escaped += "&quot;";
                break;
            case '\n':
                escaped += "&#10;";
                break;
            case '\r':
                escaped += "&#13;";
                break;
            case '\t':
                escaped += "&#9;";
                break;
            default:
                if (static_cast<unsigned char>(letter) < ' ') {
                    escaped += "\xef\xbf\xbd";
                } else {
                    escaped += letter;
                }
        }
    }
    return escaped;
}

std::string text_attribute(std::string_view indent, std::string_view key, std::string_view value) {
    return std::string(indent) + "<string key=\"" + std::string(key) + "\" value=\"" +
           attribute_value(value) + "\"/>\n";
}

std::string_view name_of(LoggedEvent::Transition transition) {
    switch (transition) {
        case LoggedEvent::Transition::start:
            return "start";
        case LoggedEvent::Transition::complete:
            return "complete";
        case LoggedEvent::Transition::other:
            return "unknown";
    }
    return "";
}

}  // namespace

XesWriter::XesWriter(std::ostream& out, UtcOffset offset) : out_(out), offset_(offset) {
    out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<log xes.version=\"2.0\" xmlns=\"http://www.xes-standard.org/\">\n"
            " <extension name=\"Concept\" prefix=\"concept\" "
            "uri=\"http://www.xes-standard.org/concept.xesext\"/>\n"
            " <extension name=\"Time\" prefix=\"time\" "
            "uri=\"http://www.xes-standard.org/time.xesext\"/>\n"
            " <extension name=\"Lifecycle\" prefix=\"lifecycle\" "
            "uri=\"http://www.xes-standard.org/lifecycle.xesext\"/>\n"
            " <extension name=\"Organizational\" prefix=\"org\" "
            "uri=\"http://www.xes-standard.org/org.xesext\"/>\n";
}

void XesWriter::add(const LoggedCase& one) {
    std::string text = " <trace>\n" + text_attribute("  ", "concept:name", one.id);
    for (const LoggedEvent& event : one.events) {
        text += "  <event>\n" + text_attribute("   ", "concept:name", event.activity);
        if (!event.resource.empty()) text += text_attribute("   ", "org:resource", event.resource);
        if (!event.group.empty()) text += text_attribute("   ", "org:role", event.group);
        text += text_attribute("   ", "lifecycle:transition", name_of(event.transition));
        text += "   <date key=\"time:timestamp\" value=\"" + to_string(event.at, offset_) +
                "\"/>\n  </event>\n";
    }
    out_ << text << " </trace>\n";
}

void XesWriter::finish() {
    out_ << "</log>\n";
    out_.flush();
    if (!out_) throw Error(ErrorCode::storage, "the event log could not be written");
}

}  // namespace workflow
