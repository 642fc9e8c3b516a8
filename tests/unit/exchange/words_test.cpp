#include <catch2/catch.hpp>

#include "exchange/numbers_text.hpp"
#include "exchange/plain_text.hpp"
#include "exchange/words.hpp"

using namespace workflow;
using namespace workflow::exchange;

TEST_CASE("limits and moments are said in the reader's language") {
    using Kind = procedure::Moment::Kind;
    struct Case {
        Kind kind;
        Limit distance;
        std::uint32_t percent;
        const char* english;
        const char* vietnamese;
    };
    const Case cases[] = {
        {Kind::before,
         {5, Unit::working_days},
         0,
         "5 working days before due",
         "trước hạn 5 ngày làm việc"},
        {Kind::share, {}, 80, "80 % used", "đã dùng 80 % thời hạn"},
        {Kind::due, {}, 0, "when due", "khi đến hạn"},
        {Kind::after, {2, Unit::days}, 0, "2 days after due", "quá hạn 2 ngày"},
        {Kind::every_after,
         {1, Unit::months},
         0,
         "every 1 month after due",
         "cứ mỗi 1 tháng sau hạn"},
    };
    for (const Case& test : cases) {
        procedure::Moment moment;
        moment.kind = test.kind;
        moment.distance = test.distance;
        moment.percent = test.percent;
        CHECK(moment_text(moment, "en") == test.english);
        CHECK(moment_text(moment, "vi") == test.vietnamese);
    }
    CHECK(limit_text({30, Unit::working_days}, "vi") == "30 ngày làm việc");
    CHECK(limit_text({1, Unit::working_days}, "en") == "1 working day");
}

TEST_CASE("a timer that comes again says how often") {
    CHECK(timer_text({15, Unit::minutes}, 1, "vi") == "sau 15 phút");
    CHECK(timer_text({10, Unit::days}, 1, "en") == "after 10 days");
    CHECK(timer_text({10, Unit::days}, 0, "en") == "every 10 days");
    CHECK(timer_text({10, Unit::days}, 2, "en") == "every 10 days, 2 times");
    CHECK(timer_text({10, Unit::days}, 2, "vi") == "cứ mỗi 10 ngày, 2 lần");
}

TEST_CASE("a date that comes again every year is said as people say it") {
    RecurringDate rule;
    rule.kind = RecurringDate::Kind::yearly;
    rule.month = 10;
    rule.day = 1;
    CHECK(recurring_text(rule, "en") == "every 1 October");
    CHECK(recurring_text(rule, "vi") == "hằng năm, ngày 01/10");
}

TEST_CASE("a state without a title is called by its id") {
    CHECK(title_text({}, "leaders_decision", "vi") == "leaders decision");
    CHECK(title_text(Text{{{"vi", "Trình"}}}, "submit", "en") == "Trình");
}

TEST_CASE("many numbers on one arrow are shortened") {
    CHECK(numbers_text({3}) == "3");
    CHECK(numbers_text({3, 7, 9, 12}) == "3, 7, 9, 12");
    CHECK(numbers_text({3, 7, 9, 12, 90}) == "3, 7 … 90");
}

TEST_CASE("lines break at blanks, and a word that is too long is cut") {
    using Lines = std::vector<std::string>;
    CHECK(wrapped("Ask the units to confirm", 12) == Lines{"Ask the", "units to", "confirm"});
    CHECK(wrapped("abcdefgh ij", 4) == Lines{"abcd", "efgh", "ij"});
    CHECK(wrapped("", 4) == Lines{""});
    CHECK(wrapped("Trung tâm Công nghệ", 14) == Lines{"Trung tâm Công", "nghệ"});
}

TEST_CASE("a title may be as long as the limit, and no longer") {
    const std::string fits(title_characters_max, 'x');
    CHECK(harmless(fits) == fits);
    CHECK(harmless(fits + "y") == std::string(title_characters_max - 1, 'x') + "…");
}
