#include "record/bytes.hpp"

#include <catch2/catch.hpp>

#include <random>

#include "record/record.hpp"
#include "support/dossier.hpp"
#include "workflow/error.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

Value through_bytes(const Value& value, const record::Secrets& secrets = {}) {
    record::Writer out;
    record::write(out, value);
    const std::string bytes = out.take();
    record::Reader in(bytes);
    Value read = record::read_value(in, secrets);
    in.finish();
    return read;
}

ErrorCode error_of(const std::function<void()>& call) {
    try {
        call();
    } catch (const Error& error) {
        return error.code();
    }
    FAIL("no error");
    return ErrorCode::internal;
}

Dossier under_way() {
    Dossier dossier(onboarding());
    REQUIRE(dossier.start("2017-04-25 09:00", actor("lan", "proposing_unit"),
                          {{"service_name", "Cấp phép"}, {"units", List{"culture", "sports"}}}) ==
            "");
    REQUIRE(dossier.perform("2017-04-25 10:00", actor("lan", "proposing_unit"), "submit",
                            {{"draft", "d.pdf"}}) == "");
    REQUIRE(dossier.perform("2017-04-25 11:00", actor("minh", "legal_affairs"), "agree",
                            {{"opinion", "o.pdf"}}) == "");
    REQUIRE(dossier.perform("2017-05-08 09:00", actor("tuan", "it_centre"),
                            "ask_units_to_confirm") == "");
    return dossier;
}

}  // namespace

TEST_CASE("every kind of value comes back as it was written") {
    const std::vector<Value> values{Value(),
                                    true,
                                    false,
                                    0,
                                    -1,
                                    std::int64_t{INT64_MAX},
                                    std::int64_t{INT64_MIN},
                                    0.1,
                                    -0.0,
                                    "Tổng cục",
                                    "",
                                    parse_date("2017-06-08").value(),
                                    at("2017-06-08 17:00"),
                                    Limit{30, Unit::working_days},
                                    List{1, "two", List{}},
                                    Members{{"a", 1}, {"b", List{2}}}};
    for (const Value& value : values) CHECK(through_bytes(value) == value);
}

TEST_CASE("numbers take few bytes and are read back at their ends") {
    for (const std::uint64_t number : {std::uint64_t{0}, std::uint64_t{127}, std::uint64_t{128},
                                       std::uint64_t{UINT32_MAX}, std::uint64_t{UINT64_MAX}}) {
        record::Writer out;
        out.number(number);
        const std::string bytes = out.take();
        CHECK(bytes.size() == (number < 128           ? 1U
                               : number == 128        ? 2U
                               : number == UINT32_MAX ? 5U
                                                      : 10U));
        record::Reader in(bytes);
        CHECK(in.number() == number);
    }
    CHECK(error_of([] { (void)record::Reader(std::string(11, '\xff')).number(); }) ==
          ErrorCode::corrupt);
}

TEST_CASE("an instance under way comes back equal, and its encoding is small") {
    const Dossier dossier = under_way();
    const std::string bytes = record::encode(dossier.instance);
    CHECK(record::decode_instance(bytes, {}) == dossier.instance);
    CHECK(bytes.size() < 600);
}

TEST_CASE("every prefix of a body is refused as corrupt, and so is a byte too many") {
    const std::string bytes = record::encode(under_way().instance);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        REQUIRE(error_of([&] {
                    (void)record::decode_instance(std::string_view(bytes).substr(0, size), {});
                }) == ErrorCode::corrupt);
    }
    CHECK(error_of([&] { (void)record::decode_instance(bytes + "x", {}); }) == ErrorCode::corrupt);
}

TEST_CASE("damaged bodies give an error or another value, never anything worse") {
    const std::string bytes = record::encode(under_way().instance);
    const unsigned seed = 1690;
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int i = 0; i < 20'000; ++i) {
        std::string damaged = bytes;
        for (int j = 0; j < 3; ++j) {
            damaged[random() % damaged.size()] = static_cast<char>(random() % 256);
        }
        try {
            (void)record::decode_instance(damaged, {});
        } catch (const Error& error) {
            const bool expected =
                error.code() == ErrorCode::corrupt || error.code() == ErrorCode::unsupported;
            REQUIRE(expected);
        }
    }
}

TEST_CASE("a body of a newer format is refused with both numbers") {
    std::string bytes = record::encode(under_way().instance);
    bytes[0] = static_cast<char>(record::instance_format + 1);
    try {
        (void)record::decode_instance(bytes, {});
        FAIL("no error");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::unsupported);
        CHECK(std::string(error.what()).find("format 2") != std::string::npos);
    }
}

TEST_CASE("a sealed value leaves only its digest in the bytes, and comes back with its secret") {
    const auto sealed = record::seal("0912 345 678", "sixteen bytes !!");
    record::Writer out;
    record::write(out, Value(sealed));
    const std::string bytes = out.take();
    CHECK(bytes.find("0912") == std::string::npos);
    CHECK(bytes.size() == 33);
    const auto secret = record::decode_secret(record::encode_secret(*sealed), sealed->digest);
    CHECK(through_bytes(Value(sealed), {{sealed->digest, secret}}).open() == Value("0912 345 678"));
    CHECK(through_bytes(Value(sealed)).sealed()->erased);
    CHECK(record::seal("0912 345 678", "another 16 bytes").get()->digest != sealed->digest);
    CHECK(error_of([&] { (void)record::decode_secret("x", sealed->digest); }) ==
          ErrorCode::corrupt);
}
