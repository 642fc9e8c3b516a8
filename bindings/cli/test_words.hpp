// What `workflow test` says of coverage, in English and Vietnamese. Immutable.
#pragma once

#include "words.hpp"

namespace workflow::cli::words {

inline constexpr Word coverage_counts{
    "{}: {} of {} states, {} of {} ways, {} of {} moments, {} of {} guards both ways",
    "{}: {}/{} trạng thái, {}/{} hướng đi, {}/{} mốc thời gian, {}/{} điều kiện theo cả hai chiều"};
inline constexpr Word never_entered{"state never entered: {}", "trạng thái chưa từng vào: {}"};
inline constexpr Word never_taken{"way never taken: {}", "hướng đi chưa từng dùng: {}"};
inline constexpr Word never_came{"moment that never came: {}", "mốc thời gian chưa từng đến: {}"};
inline constexpr Word never_asked{"guard never asked: {}", "điều kiện chưa từng được xét: {}"};
inline constexpr Word never_true{"guard never true: {}", "điều kiện chưa từng đúng: {}"};
inline constexpr Word never_false{"guard never false: {}", "điều kiện chưa từng sai: {}"};
inline constexpr Word not_covered{"{} procedures are not covered as required",
                                  "{} quy trình chưa được kiểm thử đủ như yêu cầu"};
inline constexpr Word coverage_title{"{} - dashed and red: in no case of the tests",
                                     "{} - nét đứt màu đỏ: chưa có trong trường hợp nào"};

}  // namespace workflow::cli::words
