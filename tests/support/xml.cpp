#include "support/xml.hpp"

#include <charconv>
#include <map>
#include <vector>

namespace workflow::testing {
namespace {

std::string utf8(unsigned code) {
    std::string text;
    if (code < 0x80) {
        text += static_cast<char>(code);
    } else if (code < 0x800) {
        text += static_cast<char>(0xc0 | code >> 6);
        text += static_cast<char>(0x80 | (code & 0x3f));
    } else {
        text += static_cast<char>(0xe0 | code >> 12);
        text += static_cast<char>(0x80 | (code >> 6 & 0x3f));
        text += static_cast<char>(0x80 | (code & 0x3f));
    }
    return text;
}

class Reader {
public:
    explicit Reader(std::string_view xml) : rest_(xml) {}

    XmlText read() {
        while (!rest_.empty() && result_.problem.empty()) {
            if (rest_.front() == '<') {
                read_markup();
            } else {
                read_text(rest_.find('<'));
            }
        }
        if (result_.problem.empty() && !open_.empty()) fail("not closed: " + open_.back());
        return result_;
    }

private:
    void fail(const std::string& problem) {
        if (result_.problem.empty()) result_.problem = problem;
    }

    void skip_past(std::string_view end) {
        const std::size_t found = rest_.find(end);
        if (found == std::string_view::npos) return fail("missing " + std::string(end));
        if (end == "-->" && rest_.substr(4, found - 4).find("--") != std::string_view::npos) {
            fail("-- inside a comment");
        }
        rest_.remove_prefix(found + end.size());
    }

    void read_markup() {
        if (rest_.substr(0, 4) == "<!--") return skip_past("-->");
        if (rest_.substr(0, 2) == "<?") return skip_past("?>");
        if (rest_.substr(0, 2) == "<!") return skip_past(">");
        const bool closes = rest_.substr(0, 2) == "</";
        rest_.remove_prefix(closes ? 2 : 1);
        const std::string name(rest_.substr(0, rest_.find_first_of(" \t\r\n/>")));
        if (name.empty()) return fail("no name of an element");
        rest_.remove_prefix(name.size());
        if (closes) {
            if (open_.empty() || open_.back() != name)
                return fail("closes what is not open: " + name);
            open_.pop_back();
            return skip_past(">");
        }
        read_attributes();
        const bool is_empty = rest_.substr(0, 2) == "/>";
        if (!is_empty) {
            open_.push_back(name);
            if (name == "text") result_.shown += '\n';
        }
        skip_past(">");
    }

    void read_attributes() {
        while (result_.problem.empty()) {
            const std::size_t begin = rest_.find_first_not_of(" \t\r\n");
            if (begin == std::string_view::npos) return fail("element without end");
            rest_.remove_prefix(begin);
            if (rest_.front() == '/' || rest_.front() == '>') return;
            const std::size_t equals = rest_.find_first_of("=<>");
            if (equals == std::string_view::npos || rest_[equals] != '=' ||
                equals + 1 >= rest_.size() || rest_[equals + 1] != '"') {
                return fail("attribute without quotes");
            }
            rest_.remove_prefix(equals + 2);
            const std::size_t end = rest_.find_first_of("\"<");
            if (end == std::string_view::npos || rest_[end] != '"') return fail("< in attribute");
            decode(rest_.substr(0, end));
            rest_.remove_prefix(end + 1);
        }
    }

    void read_text(std::size_t length) {
        const std::string text = decode(rest_.substr(0, length));
        if (!open_.empty() && open_.back() == "text") result_.shown += text;
        rest_.remove_prefix(std::min(length, rest_.size()));
    }

    std::string decode(std::string_view text) {
        static const std::map<std::string_view, std::string> named{
            {"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}};
        std::string decoded;
        while (!text.empty() && result_.problem.empty()) {
            const auto byte = static_cast<unsigned char>(text.front());
            if (byte < 0x20 && byte != '\n' && byte != '\t' && byte != '\r') {
                fail("control character");
            }
            if (byte != '&') {
                decoded += text.front();
                text.remove_prefix(1);
                continue;
            }
            const std::size_t end = text.find(';');
            if (end == std::string_view::npos) return fail("bare &"), decoded;
            const std::string_view entity = text.substr(1, end - 1);
            text.remove_prefix(end + 1);
            if (const auto found = named.find(entity); found != named.end()) {
                decoded += found->second;
            } else {
                unsigned code = 0;
                const bool hex = entity.substr(0, 2) == "#x";
                const char* const first = entity.data() + (hex ? 2 : 1);
                const char* const last = entity.data() + entity.size();
                const auto parsed = std::from_chars(first, last, code, hex ? 16 : 10);
                if (entity.empty() || entity[0] != '#' || parsed.ptr != last || code < 0x20) {
                    fail("bare & or forbidden entity");
                }
                decoded += code == 0xa0 ? " " : utf8(code);
            }
        }
        return decoded;
    }

    std::string_view rest_;
    std::vector<std::string> open_;
    XmlText result_;
};

}  // namespace

XmlText read_xml(std::string_view xml) {
    return Reader(xml).read();
}

}  // namespace workflow::testing
