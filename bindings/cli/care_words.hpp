// What is said by the commands that care for a store: files, upgrades, delegations. Immutable.
#pragma once

#include "words.hpp"

namespace workflow::cli::words {

inline constexpr Word file_written{
    "{}: {} dossiers with {} steps, {} bytes", "{}: {} hồ sơ, {} bước, {} byte"};
inline constexpr Word taken_out{"They are taken out of the store.", "Đã đưa ra khỏi kho."};
inline constexpr Word brought{"{} dossiers with {} steps are brought; {} were there already",
                              "đã nhập {} hồ sơ, {} bước; {} hồ sơ đã có sẵn"};
inline constexpr Word and_besides{
    "and {} messages that wait, {} deliveries, {} rows of statistics, {} delegations",
    "cùng {} thông điệp chờ, {} việc gửi đi, {} dòng thống kê, {} ủy quyền"};
inline constexpr Word nothing_to_upgrade{"{} has the layout of this build: number {}",
                                         "{} đã có cấu trúc của phiên bản này: số {}"};
inline constexpr Word upgraded{"{}: layout {} is now {}; {} dossiers, {} open deadlines as before",
                               "{}: cấu trúc {} đã thành {}; {} hồ sơ, {} thời hạn đang mở như cũ"};
inline constexpr Word would_upgrade{
    "{}: layout {} can become {}; {} dossiers, {} open deadlines as before; nothing is changed",
    "{}: cấu trúc {} có thể thành {}; {} hồ sơ, {} thời hạn đang mở như cũ; chưa thay đổi gì"};
inline constexpr Word not_upgraded{"{} of {} dossiers could not be brought over; nothing is changed",
                                   "{} trên {} hồ sơ không chuyển được; chưa thay đổi gì"};
inline constexpr Word backup_needed{
    "say where the backup goes, --backup FILE, or that there is one, --no-backup",
    "hãy nêu nơi lưu bản sao, --backup FILE, hoặc --no-backup nếu đã có"};
inline constexpr Word server_backup{
    "a server is copied by pg_dump; then say --no-backup",
    "máy chủ được sao bằng pg_dump; sau đó dùng --no-backup"};
inline constexpr Word delegation_entered{"{} may act for {} from {} until {}",
                                         "{} được xử lý thay {} từ {} đến {}"};
inline constexpr Word no_delegations{"No delegations.", "Không có ủy quyền nào."};
inline constexpr Word delegate{"May act", "Người được ủy quyền"};
inline constexpr Word delegator{"For", "Người ủy quyền"};
inline constexpr Word roles{"Roles", "Vai trò"};
inline constexpr Word units{"Units", "Đơn vị"};
inline constexpr Word planned{"{} would reach revision {}; nothing is changed",
                              "{} sẽ tới lần sửa {}; chưa thay đổi gì"};

}  // namespace workflow::cli::words
