#include "record/value_bytes.hpp"

#include <bit>

#include "workflow/error.hpp"

namespace workflow::record {
namespace {

// Numbers of the kinds of value, for ever (README.md of this module).
enum Tag : std::uint8_t {
    tag_null,
    tag_false,
    tag_true,
    tag_integer,
    tag_number,
    tag_text,
    tag_date,
    tag_instant,
    tag_limit,
    tag_list,
    tag_record,
    tag_sealed,
};

constexpr std::size_t depth_max = 64;

Value read_at(Reader& in, const Secrets& secrets, std::size_t depth) {
    if (depth > depth_max) throw Error(ErrorCode::corrupt, "a stored value is nested too deeply");
    switch (in.number()) {
        case tag_null:
            return {};
        case tag_false:
            return false;
        case tag_true:
            return true;
        case tag_integer:
            return in.signed_number();
        case tag_number:
            return std::bit_cast<double>(in.number());
        case tag_text: {
            std::string text = in.text();
            return in.texts() == Texts::read ? Value(std::move(text)) : Value();
        }
        case tag_date:
            return Day(std::chrono::days(in.signed_number()));
        case tag_instant:
            return in.instant();
        case tag_limit: {
            const std::int64_t count = in.signed_number();
            const std::uint64_t unit = in.number();
            if (unit > static_cast<std::uint64_t>(Unit::years) || count < INT32_MIN ||
                count > INT32_MAX) {
                throw Error(ErrorCode::corrupt, "a stored limit has an unknown unit");
            }
            return Limit{static_cast<std::int32_t>(count), static_cast<Unit>(unit)};
        }
        case tag_list: {
            List list(in.count());
            for (Value& item : list) item = read_at(in, secrets, depth + 1);
            return list;
        }
        case tag_record: {
            Members members(in.count());
            for (auto& [name, member] : members) {
                name = in.text();
                member = read_at(in, secrets, depth + 1);
            }
            return members;
        }
        case tag_sealed: {
            const Digest digest = in.digest();
            const auto found = secrets.find(digest);
            if (found != secrets.end()) return found->second;
            return std::make_shared<const Sealed>(Sealed{digest, {}, {}, true});
        }
        default:
            throw Error(ErrorCode::corrupt, "a stored value is of an unknown kind");
    }
}

}  // namespace

void write(Writer& out, const Value& value) {
    switch (value.kind()) {
        case Value::Kind::null:
            return out.number(tag_null);
        case Value::Kind::boolean:
            return out.number(*value.boolean() ? tag_true : tag_false);
        case Value::Kind::integer:
            out.number(tag_integer);
            return out.signed_number(*value.integer());
        case Value::Kind::number:
            out.number(tag_number);
            return out.number(std::bit_cast<std::uint64_t>(*value.number()));
        case Value::Kind::text:
            out.number(tag_text);
            return out.text(*value.text());
        case Value::Kind::date:
            out.number(tag_date);
            return out.signed_number(value.day()->time_since_epoch().count());
        case Value::Kind::instant:
            out.number(tag_instant);
            return out.instant(*value.instant());
        case Value::Kind::limit:
            out.number(tag_limit);
            out.signed_number(value.limit()->count);
            return out.number(static_cast<std::uint64_t>(value.limit()->unit));
        case Value::Kind::list:
            out.number(tag_list);
            out.number(value.list()->size());
            for (const Value& item : *value.list()) write(out, item);
            return;
        case Value::Kind::record:
            out.number(tag_record);
            out.number(value.members()->size());
            for (const auto& [name, member] : *value.members()) {
                out.text(name);
                write(out, member);
            }
            return;
        case Value::Kind::sealed:
            out.number(tag_sealed);
            return out.digest(value.sealed()->digest);
        case Value::Kind::unsigned_integer:
        case Value::Kind::duration:
        case Value::Kind::timestamp:
        case Value::Kind::type:
        case Value::Kind::bytes:
        case Value::Kind::map:
            break;
    }
    throw Error(ErrorCode::misuse, "a dossier cannot hold " + to_string(value, UtcOffset{0}) +
                                       ": it lives only within an expression");
}

Value read_value(Reader& in, const Secrets& secrets) {
    return read_at(in, secrets, 0);
}

std::shared_ptr<const Sealed> seal(const Value& value, const std::string& salt) {
    Sealed sealed{{}, salt, value, false};
    sealed.digest = sha256(encode_secret(sealed));
    return std::make_shared<const Sealed>(std::move(sealed));
}

std::string encode_secret(const Sealed& sealed) {
    Writer out;
    out.text(sealed.salt);
    write(out, sealed.value);
    return out.take();
}

std::shared_ptr<const Sealed> decode_secret(std::string_view body, const Digest& digest) {
    if (sha256(body) != digest) {
        throw Error(ErrorCode::corrupt, "a sensitive value does not fit its digest");
    }
    Reader in(body);
    Sealed sealed{digest, in.text(), {}, false};
    sealed.value = read_value(in, {});
    in.finish();
    return std::make_shared<const Sealed>(std::move(sealed));
}

}  // namespace workflow::record
