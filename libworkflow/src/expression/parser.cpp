#include "expression/parser.hpp"

#include <algorithm>
#include <tao/pegtl.hpp>
#include <type_traits>

#include "base/utf8.hpp"
#include "expression/builder.hpp"
#include "expression/syntax_error.hpp"
#include "workflow/limits.hpp"

// The grammar of cel-spec ("Syntax"), one rule per line of it. No rule backs out of what has run an
// action: wherever an operator or an opening bracket was read, the rest must follow.
namespace workflow::expression {
namespace grammar {

namespace pegtl = tao::pegtl;
using pegtl::one;
using pegtl::opt;
using pegtl::plus;
using pegtl::seq;
using pegtl::sor;
using pegtl::star;

// clang-format off
struct comment : seq<pegtl::two<'/'>, star<pegtl::not_one<'\n'>>> {};
struct gap : star<sor<pegtl::space, comment>> {};
template <class Rule> struct token : seq<Rule, gap> {};
template <char... Characters>
struct word : seq<pegtl::string<Characters...>, pegtl::not_at<pegtl::identifier_other>> {};

struct true_word : word<'t', 'r', 'u', 'e'> {};
struct false_word : word<'f', 'a', 'l', 's', 'e'> {};
struct null_word : word<'n', 'u', 'l', 'l'> {};
struct in_word : word<'i', 'n'> {};
struct keyword : sor<true_word, false_word, null_word, in_word> {};
struct reserved_word : seq<sor<TAO_PEGTL_STRING("as"), TAO_PEGTL_STRING("break"), TAO_PEGTL_STRING("const"),
                               TAO_PEGTL_STRING("continue"), TAO_PEGTL_STRING("else"), TAO_PEGTL_STRING("for"),
                               TAO_PEGTL_STRING("function"), TAO_PEGTL_STRING("if"), TAO_PEGTL_STRING("import"),
                               TAO_PEGTL_STRING("let"), TAO_PEGTL_STRING("loop"), TAO_PEGTL_STRING("package"),
                               TAO_PEGTL_STRING("namespace"), TAO_PEGTL_STRING("return"), TAO_PEGTL_STRING("var"),
                               TAO_PEGTL_STRING("void"), TAO_PEGTL_STRING("while")>,
                           pegtl::not_at<pegtl::identifier_other>> {};
struct name : seq<pegtl::not_at<keyword>, pegtl::identifier> {};

struct exponent : seq<one<'e', 'E'>, opt<one<'+', '-'>>, plus<pegtl::digit>> {};
struct fraction : seq<star<pegtl::digit>, one<'.'>, plus<pegtl::digit>, opt<exponent>> {};
struct power : seq<plus<pegtl::digit>, exponent> {};
struct hexadecimal : seq<one<'0'>, one<'x', 'X'>, plus<pegtl::xdigit>> {};
struct number : seq<opt<one<'-'>>, sor<fraction, power, hexadecimal, plus<pegtl::digit>>> {};
struct unsigned_number : seq<opt<one<'-'>>, sor<hexadecimal, plus<pegtl::digit>>, one<'u', 'U'>,
                             pegtl::not_at<pegtl::identifier_other>> {};

struct raw_mark : one<'r', 'R'> {};
struct quote : one<'\'', '"'> {};
struct bytes_mark : one<'b', 'B'> {};
template <char Quote> struct long_quote : pegtl::three<Quote> {};
template <char Quote> struct short_quote : one<Quote> {};
template <class Body, class Quote> struct quoted : pegtl::if_must<Quote, star<seq<pegtl::not_at<Quote>, Body>>, Quote> {};
struct any_character : pegtl::any {};
struct line_character : pegtl::not_one<'\n', '\r'> {};
template <class Character> struct escapable : sor<seq<one<'\\'>, Character>, pegtl::minus<Character, one<'\\'>>> {};
template <char Quote> struct plain_text : sor<quoted<escapable<any_character>, long_quote<Quote>>,
                                              quoted<escapable<line_character>, short_quote<Quote>>> {};
template <char Quote> struct raw_text : sor<quoted<any_character, long_quote<Quote>>,
                                            quoted<line_character, short_quote<Quote>>> {};
struct plain : seq<pegtl::at<quote>, sor<plain_text<'\''>, plain_text<'"'>>> {};
struct raw : seq<pegtl::at<quote>, sor<raw_text<'\''>, raw_text<'"'>>> {};
struct text : sor<plain, seq<raw_mark, raw>> {};
struct bytes : sor<seq<bytes_mark, plain>, seq<bytes_mark, raw_mark, raw>, seq<raw_mark, bytes_mark, raw>> {};

struct expression;
struct open_list : token<one<'['>> {};
struct close_list : token<one<']'>> {};
struct list : pegtl::if_must<open_list, opt<pegtl::list_tail<expression, token<one<','>>>>, close_list> {};
struct open_map : token<one<'{'>> {};
struct close_map : token<one<'}'>> {};
struct colon : token<one<':'>> {};
struct map_entry : seq<expression, pegtl::must<colon, expression>> {};
struct map : pegtl::if_must<open_map, opt<pegtl::list_tail<map_entry, token<one<','>>>>, close_map> {};
struct open_group : token<one<'('>> {};
struct close_group : token<one<')'>> {};
struct group : pegtl::if_must<open_group, expression, close_group> {};
struct open_arguments : token<one<'('>> {};
struct close_arguments : token<one<')'>> {};
struct arguments : pegtl::if_must<open_arguments, opt<pegtl::list_must<expression, token<one<','>>>>, close_arguments> {};
struct identifier : seq<pegtl::not_at<reserved_word>, name> {};
struct refused_word : seq<pegtl::at<reserved_word>, name> {};
struct plain_name : sor<token<identifier>, token<refused_word>> {};
struct leading_dot : one<'.'> {};
struct absolute_name : pegtl::if_must<token<leading_dot>, plain_name> {};
struct call_or_identifier : seq<sor<plain_name, absolute_name>, opt<arguments>> {};
struct literal : sor<true_word, false_word, null_word, bytes, text, unsigned_number, number> {};
struct primary : sor<token<literal>, call_or_identifier, group, list, map> {};

struct quoted_name : seq<one<'`'>, plus<sor<pegtl::identifier_other, one<'.', '-', '/', ' '>>>, one<'`'>> {};
struct selector : sor<name, quoted_name> {};
struct selection : pegtl::if_must<token<one<'.'>>, token<selector>, opt<arguments>> {};
struct open_index : token<one<'['>> {};
struct close_index : token<one<']'>> {};
struct indexing : pegtl::if_must<open_index, expression, close_index> {};
struct message : one<'{'> {};
struct member : seq<primary, star<sor<selection, indexing, message>>> {};

struct not_sign : one<'!'> {};
struct minus_sign : one<'-'> {};
struct not_run : plus<token<not_sign>> {};
struct minus_run : plus<token<minus_sign>> {};
struct negation : pegtl::if_must<not_run, member> {};
struct opposite : pegtl::if_must<minus_run, member> {};
struct unary : sor<negation, member, opposite> {};

struct product_operator : one<'*', '/', '%'> {};
struct product_tail : pegtl::if_must<token<product_operator>, unary> {};
struct product : seq<unary, star<product_tail>> {};
struct sum_operator : one<'+', '-'> {};
struct sum_tail : pegtl::if_must<token<sum_operator>, product> {};
struct sum : seq<product, star<sum_tail>> {};
struct relation_operator : sor<TAO_PEGTL_STRING("<="), TAO_PEGTL_STRING(">="), TAO_PEGTL_STRING("=="),
                               TAO_PEGTL_STRING("!="), one<'<', '>'>, in_word> {};
struct relation_tail : pegtl::if_must<token<relation_operator>, sum> {};
struct relation : seq<sum, star<relation_tail>> {};
struct and_operator : pegtl::two<'&'> {};
struct and_tail : pegtl::if_must<token<and_operator>, relation> {};
struct conjunction : seq<relation, star<and_tail>> {};
struct or_operator : pegtl::two<'|'> {};
struct or_tail : pegtl::if_must<token<or_operator>, conjunction> {};
struct disjunction : seq<conjunction, star<or_tail>> {};
struct question : one<'?'> {};
struct conditional_tail : pegtl::if_must<token<question>, disjunction, colon, expression> {};
struct expression : seq<disjunction, opt<conditional_tail>> {};
struct end : pegtl::eof {};
struct whole : pegtl::must<gap, expression, end> {};
// clang-format on

template <class Rule>
inline constexpr Expectation expectation = Expectation::operand;
template <>
inline constexpr Expectation expectation<token<selector>> = Expectation::name;
template <>
inline constexpr Expectation expectation<plain_name> = Expectation::name;
template <>
inline constexpr Expectation expectation<close_list> = Expectation::closing;
template <>
inline constexpr Expectation expectation<close_map> = Expectation::closing;
template <>
inline constexpr Expectation expectation<close_group> = Expectation::closing;
template <>
inline constexpr Expectation expectation<close_arguments> = Expectation::closing;
template <>
inline constexpr Expectation expectation<close_index> = Expectation::closing;
template <>
inline constexpr Expectation expectation<colon> = Expectation::colon;
template <>
inline constexpr Expectation expectation<end> = Expectation::end;
template <char Quote>
inline constexpr Expectation expectation<long_quote<Quote>> = Expectation::quote;
template <char Quote>
inline constexpr Expectation expectation<short_quote<Quote>> = Expectation::quote;

/// Counts how deep `expression` stands within itself, and says where the grammar stopped.
template <class Rule>
struct control : pegtl::normal<Rule> {
    template <class Input>
    static void start(const Input& in, Builder& builder) {
        if constexpr (std::is_same_v<Rule, expression>) builder.enter(in.current());
    }
    template <class Input>
    static void success(const Input&, Builder& builder) noexcept {
        if constexpr (std::is_same_v<Rule, expression>) builder.leave();
    }
    template <class Input>
    static void failure(const Input&, Builder& builder) noexcept {
        if constexpr (std::is_same_v<Rule, expression>) builder.leave();
    }
    template <class Input>
    [[noreturn]] static void raise(const Input& in, Builder& builder) {
        builder.fail(expectation<Rule>, in.current());
    }
};

template <class Rule>
struct action : pegtl::nothing<Rule> {};

/// An action that hands the matched text to one member function of the builder.
template <void (Builder::*Function)(std::string_view)>
struct hand_over {
    template <class Input>
    static void apply(const Input& in, Builder& builder) {
        (builder.*Function)(std::string_view(in.begin(), in.size()));
    }
};

// clang-format off
template <> struct action<true_word> : hand_over<&Builder::boolean> {};
template <> struct action<false_word> : hand_over<&Builder::boolean> {};
template <> struct action<null_word> : hand_over<&Builder::null> {};
template <> struct action<number> : hand_over<&Builder::number> {};
template <> struct action<text> : hand_over<&Builder::text> {};
template <> struct action<bytes> : hand_over<&Builder::bytes> {};
template <> struct action<leading_dot> : hand_over<&Builder::leading_dot> {};
template <> struct action<refused_word> : hand_over<&Builder::refuse_word> {};
template <> struct action<message> : hand_over<&Builder::refuse_message> {};
template <> struct action<unsigned_number> : hand_over<&Builder::unsigned_number> {};
template <char Quote> struct action<long_quote<Quote>> : hand_over<&Builder::quote> {};
template <char Quote> struct action<short_quote<Quote>> : hand_over<&Builder::quote> {};
template <> struct action<identifier> : hand_over<&Builder::identifier> {};
template <> struct action<selector> : hand_over<&Builder::select> {};
template <> struct action<open_list> : hand_over<&Builder::open> {};
template <> struct action<close_list> : hand_over<&Builder::close_list> {};
template <> struct action<open_map> : hand_over<&Builder::open> {};
template <> struct action<close_map> : hand_over<&Builder::close_map> {};
template <> struct action<open_group> : hand_over<&Builder::open> {};
template <> struct action<close_group> : hand_over<&Builder::close_group> {};
template <> struct action<open_arguments> : hand_over<&Builder::open> {};
template <> struct action<close_arguments> : hand_over<&Builder::close_arguments> {};
template <> struct action<open_index> : hand_over<&Builder::open> {};
template <> struct action<close_index> : hand_over<&Builder::close_index> {};
template <> struct action<not_sign> : hand_over<&Builder::sign> {};
template <> struct action<minus_sign> : hand_over<&Builder::sign> {};
template <> struct action<not_run> : hand_over<&Builder::prefix> {};
template <> struct action<minus_run> : hand_over<&Builder::prefix> {};
template <> struct action<negation> : hand_over<&Builder::reduce_prefix> {};
template <> struct action<opposite> : hand_over<&Builder::reduce_prefix> {};
template <> struct action<product_operator> : hand_over<&Builder::infix> {};
template <> struct action<sum_operator> : hand_over<&Builder::infix> {};
template <> struct action<relation_operator> : hand_over<&Builder::infix> {};
template <> struct action<and_operator> : hand_over<&Builder::infix> {};
template <> struct action<or_operator> : hand_over<&Builder::infix> {};
template <> struct action<question> : hand_over<&Builder::infix> {};
template <> struct action<product_tail> : hand_over<&Builder::reduce_infix> {};
template <> struct action<sum_tail> : hand_over<&Builder::reduce_infix> {};
template <> struct action<relation_tail> : hand_over<&Builder::reduce_infix> {};
template <> struct action<and_tail> : hand_over<&Builder::reduce_infix> {};
template <> struct action<or_tail> : hand_over<&Builder::reduce_infix> {};
template <> struct action<conditional_tail> : hand_over<&Builder::reduce_infix> {};
// clang-format on

}  // namespace grammar

std::variant<Tree, ExpressionProblem> parse(std::string_view source) {
    if (source.size() > limits::expression_bytes_max) {
        return ExpressionProblem{
            "expression-too-long",
            static_cast<std::uint32_t>(limits::expression_bytes_max),
            {std::to_string(source.size()), std::to_string(limits::expression_bytes_max)}};
    }
    const std::size_t invalid = base::find_invalid_utf8(source);
    if (invalid != std::string_view::npos) {
        return ExpressionProblem{"expression-utf8", static_cast<std::uint32_t>(invalid), {}};
    }
    Builder builder(source);
    try {
        tao::pegtl::memory_input<tao::pegtl::tracking_mode::lazy> input(source.data(),
                                                                        source.size(), "");
        (void)tao::pegtl::parse<grammar::whole, grammar::action, grammar::control>(input, builder);
    } catch (ExpressionProblem& problem) {
        return std::move(problem);
    }
    return std::move(builder).finish();
}

}  // namespace workflow::expression
