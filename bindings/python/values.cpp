#include "python/values.hpp"

// datetime.h wants to be behind Python.h.
#include <datetime.h>

#include <array>

namespace py = pybind11;

namespace workflow::python {
namespace {

constexpr int depth_max = 64;

Value read(py::handle object, int depth);

Error wrong(const std::string& what) {
    return {ErrorCode::misuse, what};
}

Day day_of_date(PyObject* date) {
    return Day(Date(std::chrono::year(PyDateTime_GET_YEAR(date)),
                    std::chrono::month(static_cast<unsigned>(PyDateTime_GET_MONTH(date))),
                    std::chrono::day(static_cast<unsigned>(PyDateTime_GET_DAY(date)))));
}

Instant instant_of_datetime(py::handle object) {
    PyObject* const given = object.ptr();
    if (PyDateTime_DATE_GET_TZINFO(given) == Py_None) {
        throw wrong("a datetime without a time zone is no instant: give it one, as in "
                    "datetime(2017, 6, 8, 17, tzinfo=timezone.utc)");
    }
    const auto offset = object.attr("utcoffset")();
    if (offset.is_none()) throw wrong("a datetime whose zone has no offset is no instant");
    PyObject* const delta = offset.ptr();
    const std::int64_t microseconds =
        std::int64_t{PyDateTime_DATE_GET_HOUR(given)} * 3'600'000'000 +
        std::int64_t{PyDateTime_DATE_GET_MINUTE(given)} * 60'000'000 +
        std::int64_t{PyDateTime_DATE_GET_SECOND(given)} * 1'000'000 +
        PyDateTime_DATE_GET_MICROSECOND(given) -
        (std::int64_t{PyDateTime_DELTA_GET_DAYS(delta)} * 86'400'000'000 +
         std::int64_t{PyDateTime_DELTA_GET_SECONDS(delta)} * 1'000'000 +
         PyDateTime_DELTA_GET_MICROSECONDS(delta));
    return Instant(std::chrono::duration_cast<std::chrono::milliseconds>(
                       day_of_date(given).time_since_epoch())) +
           std::chrono::floor<std::chrono::milliseconds>(std::chrono::microseconds(microseconds));
}

enum class Nones : std::uint8_t { kept, left_out };

Members members_of(PyObject* dict, int depth, Nones nones) {
    Members members;
    members.reserve(static_cast<std::size_t>(PyDict_GET_SIZE(dict)));
    PyObject* key = nullptr;
    PyObject* member = nullptr;
    for (Py_ssize_t place = 0; PyDict_Next(dict, &place, &key, &member) != 0;) {
        // What is read may run Python, which may take either out of the dict.
        const auto held_key = py::reinterpret_borrow<py::object>(key);
        const auto held_member = py::reinterpret_borrow<py::object>(member);
        if (!PyUnicode_Check(key)) throw wrong("the keys of a dict must be str");
        if (member == Py_None && nones == Nones::left_out) continue;
        members.emplace_back(bytes_of(key), read(member, depth + 1));
    }
    return members;
}

Value read(py::handle object, int depth) {
    if (depth > depth_max) throw Error(ErrorCode::limit, "the data is nested too deeply");
    PyObject* const given = object.ptr();
    if (given == Py_None) return {};
    if (PyBool_Check(given)) return given == Py_True;
    if (PyUnicode_Check(given)) return bytes_of(given);
    if (PyLong_Check(given)) {
        int overflow = 0;
        const long long number = PyLong_AsLongLongAndOverflow(given, &overflow);
        if (overflow != 0) throw Error(ErrorCode::limit, "an int does not fit into 64 bits");
        return std::int64_t{number};
    }
    if (PyFloat_Check(given)) return PyFloat_AS_DOUBLE(given);
    if (PyDict_Check(given)) return members_of(given, depth, Nones::kept);
    if (PyList_Check(given) || PyTuple_Check(given)) {
        List list;
        for (const py::handle item : object) list.push_back(read(item, depth + 1));
        return list;
    }
    if (PyDateTime_Check(given)) return instant_of_datetime(object);
    if (PyDate_Check(given)) return day_of_date(given);
    if (PyMapping_Check(given) != 0 && py::hasattr(object, "keys")) {
        return members_of(py::dict(py::reinterpret_borrow<py::object>(object)).ptr(), depth, Nones::kept);
    }
    throw wrong("a value of type " + std::string(Py_TYPE(given)->tp_name) +
                " is no data: give None, bool, int, float, str, date, datetime, list or dict");
}

py::object datetime_of(Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const Date date(day);
    const auto rest = instant - day;
    const auto clock = std::chrono::duration_cast<std::chrono::milliseconds>(rest).count();
    constexpr int hour = 3'600'000;
    constexpr int minute = 60'000;
    constexpr int second = 1'000;
    const int left = static_cast<int>(clock);
    return stolen(PyDateTimeAPI->DateTime_FromDateAndTime(
        static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
        static_cast<int>(static_cast<unsigned>(date.day())), left / hour, left % hour / minute,
        left % minute / second, left % second * 1'000, PyDateTime_TimeZone_UTC,
        PyDateTimeAPI->DateTimeType));
}

/// The str of a member's name. Names recur from record to record: each is made once, and the last with its
/// place is kept until the process ends. Under the interpreter's lock.
PyObject* key_of(const std::string& name) {
    struct Kept {
        std::string name;
        PyObject* key = nullptr;
    };
    static auto* const kept = new std::array<Kept, 256>;
    const std::size_t place = std::hash<std::string>()(name) % kept->size();
    Kept& one = (*kept)[place];
    if (one.key == nullptr || one.name != name) {
        PyObject* const made = PyUnicode_InternFromString(name.c_str());
        if (made == nullptr) throw py::error_already_set();
        Py_XSETREF(one.key, made);
        one.name = name;
    }
    return one.key;
}

py::object dict_of(const Members& members) {
    py::object dict = stolen(PyDict_New());
    for (const auto& [name, member] : members) {
        const py::object value = object_of(member);
        if (PyDict_SetItem(dict.ptr(), key_of(name), value.ptr()) != 0) throw py::error_already_set();
    }
    return dict;
}

py::object list_of(const List& list) {
    py::object items = stolen(PyList_New(static_cast<Py_ssize_t>(list.size())));
    for (std::size_t i = 0; i < list.size(); ++i) {
        PyList_SET_ITEM(items.ptr(), static_cast<Py_ssize_t>(i), object_of(list[i]).release().ptr());
    }
    return items;
}

py::object date_of(Day day) {
    const Date date(day);
    return stolen(PyDateTimeAPI->Date_FromDate(
        static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
        static_cast<int>(static_cast<unsigned>(date.day())), PyDateTimeAPI->DateType));
}

}  // namespace

void import_dates() {
    PyDateTime_IMPORT;
    if (PyDateTimeAPI == nullptr) throw py::error_already_set();
}

Value value_of(py::handle object) {
    return read(object, 0);
}

Value arguments_of(PyObject* dict) {
    return members_of(dict, 0, Nones::left_out);
}

Instant instant_of(py::handle object, const char* what) {
    if (!PyDateTime_Check(object.ptr())) throw wrong(std::string(what) + " must return a datetime");
    return instant_of_datetime(object);
}

std::string_view bytes_of(PyObject* text) {
    Py_ssize_t size = 0;
    const char* const bytes = PyUnicode_AsUTF8AndSize(text, &size);
    if (bytes == nullptr) {
        PyErr_Clear();
        throw wrong("a str holds a surrogate: it is no text");
    }
    return {bytes, static_cast<std::size_t>(size)};
}

py::object stolen(PyObject* made) {
    if (made == nullptr) throw py::error_already_set();
    return py::reinterpret_steal<py::object>(made);
}

py::object object_of(const Value& value) {
    switch (value.kind()) {
        case Value::Kind::null:
            return py::none();
        case Value::Kind::boolean:
            return py::bool_(*value.boolean());
        case Value::Kind::integer:
            return stolen(PyLong_FromLongLong(*value.integer()));
        case Value::Kind::number:
            return stolen(PyFloat_FromDouble(*value.number()));
        case Value::Kind::text: {
            const std::string& text = *value.text();
            return stolen(PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace"));
        }
        case Value::Kind::date:
            return date_of(*value.day());
        case Value::Kind::instant:
            return datetime_of(*value.instant());
        case Value::Kind::list:
            return list_of(*value.list());
        case Value::Kind::record:
            return dict_of(*value.members());
        default:
            return py::str(to_string(value, UtcOffset{}));
    }
}

}  // namespace workflow::python
