#include "junit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "markup.hpp"

namespace workflow::cli {
namespace {

/// Of several lines, which stay.
std::string escaped(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        result += markup_text(text.substr(0, end));
        if (end < text.size()) result += '\n';
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return result;
}

std::string problem(std::string_view element, const Diagnostics& findings, const std::string& text,
                    std::string_view language) {
    const Diagnostic& first = findings.front();
    return fmt::format("      <{0} type=\"{1}\" message=\"{2}\">{3}</{0}>\n", element,
                       markup_text(first.code), markup_text(first.message(language)),
                       escaped(text));
}

std::string case_xml(std::string_view suite, std::string_view name, const std::string& inside) {
    const std::string head = fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"0\"",
                                         markup_text(suite), markup_text(name));
    return inside.empty() ? head + "/>\n" : head + ">\n" + inside + "    </testcase>\n";
}

std::string suite_xml(const PlayedFile& file, std::string_view language) {
    const std::string suite = file.path.parent_path().filename().string();
    std::string text = fmt::format(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" time=\"0\">\n",
        markup_text(file.path.string()), file.count(), file.is_loaded() ? file.failed() : 0,
        file.is_loaded() ? 0 : 1);
    if (!file.is_loaded()) {
        std::string findings;
        for (const Diagnostic& one : file.findings) findings += to_string(one, language) + "\n";
        text += case_xml(suite, file.path.filename().string(),
                         problem("error", file.findings, findings, language));
    }
    for (const ScenarioResult& one : file.cases) {
        text += case_xml(
            suite, one.id + ": " + one.title,
            one.holds() ? std::string()
                        : problem("failure", one.failures, failure_text(one, language), language));
    }
    return text + "  </testsuite>\n";
}

}  // namespace

std::string junit_xml(const std::vector<PlayedFile>& files, std::string_view language) {
    std::size_t cases = 0;
    std::size_t failures = 0;
    std::size_t errors = 0;
    std::string suites;
    for (const PlayedFile& file : files) {
        cases += file.count();
        (file.is_loaded() ? failures : errors) += file.failed();
        suites += suite_xml(file, language);
    }
    return fmt::format(
               "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
               "<testsuites tests=\"{}\" failures=\"{}\" errors=\"{}\" time=\"0\">\n",
               cases, failures, errors) +
           suites + "</testsuites>\n";
}

}  // namespace workflow::cli
