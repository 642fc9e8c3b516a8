// The Python module workflow._native: calls by name, with Python's own values in and out. What users see is
// in workflow/__init__.py. Calls run without the interpreter's lock; handlers, the clock and the log take it.
#include <pybind11/functional.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <thread>

#include "marshal/host.hpp"
#include "marshal/marshal.hpp"
#include "python/values.hpp"
#include "workflow/error.hpp"

namespace py = pybind11;
using namespace workflow;
using workflow::python::arguments_of;
using workflow::python::bytes_of;
using workflow::python::object_of;
using workflow::python::stolen;
using workflow::python::value_of;

namespace {

Error wrong(const std::string& what) {
    return {ErrorCode::misuse, what};
}

// --- errors --------------------------------------------------------------------------------------
py::object error_of(const Error& error) {
    return py::module_::import("workflow.errors")
        .attr("error_of")(static_cast<int>(error.code()), error.what());
}

py::object refusal_of(const Value& refusal) {
    return py::module_::import("workflow.errors").attr("Refused")(object_of(refusal));
}

/// Behind it Python has an exception: whoever called returns to Python, or throws error_already_set.
void set_exception(const py::object& error) {
    PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(error.ptr())), error.ptr());
}

/// Keeps a Python function for C++: copied and dropped in any thread.
std::shared_ptr<py::function> shared(py::function function) {
    return {new py::function(std::move(function)), [](py::function* held) {
                const py::gil_scoped_acquire lock;
                delete held;
            }};
}

void* pointer(std::uintptr_t address) {
    return reinterpret_cast<void*>(address);  // NOLINT(performance-no-int-to-ptr): another module's, as a number
}

/// Calls what Python gave. What it raises is told in words, as the engine's failures are.
template <class... Arguments>
py::object called(const py::function& function, Arguments&&... arguments) {
    try {
        return function(std::forward<Arguments>(arguments)...);
    } catch (py::error_already_set& error) {
        std::string words = py::str(error.value());
        if (words.empty()) words = py::str(error.type().attr("__name__"));
        throw std::runtime_error(words);
    }
}

// --- the engine ----------------------------------------------------------------------------------
class NativeEngine {
public:
    NativeEngine(const std::string& store, const std::string& schema, const py::object& clock,
                 const py::object& log) {
        marshal::HostOptions options{.store = store, .schema = schema, .clock = {}, .log = {}};
        if (!clock.is_none()) {
            options.clock = [now = shared(clock.cast<py::function>())] {
                const py::gil_scoped_acquire lock;
                const py::object given = called(*now);
                return python::instant_of(given, "the clock");
            };
        }
        if (!log.is_none()) {
            options.log = [tell = shared(log.cast<py::function>())](const LogEntry& entry) {
                const py::gil_scoped_acquire lock;
                static constexpr std::array<const char*, 3> levels{"debug", "info", "warning"};
                (void)called(*tell, levels.at(static_cast<std::size_t>(entry.level)), entry.instance,
                             entry.text, entry.trace);
            };
        }
        log_ = options.log;
        const py::gil_scoped_release unlocked;
        engine_ = marshal::open_engine(options);
    }

    /// The engine of `outside` in a transaction of the host's.
    NativeEngine(const NativeEngine& outside, const marshal::Transaction& transaction)
        : log_(outside.log_), outside_(outside.open()) {
        const py::gil_scoped_release unlocked;
        engine_ = marshal::engine_in(*outside_, transaction);
    }

    py::object call(std::string_view name, PyObject* arguments) {
        const std::shared_ptr<Engine> engine = open();
        const Value given = arguments_of(arguments);
        marshal::Reply reply;
        {
            const py::gil_scoped_release unlocked;
            reply = marshal::call(*engine, name, given);
        }
        if (!reply.refused) return object_of(reply.value);
        set_exception(refusal_of(reply.value));
        throw py::error_already_set();
    }

    void close() {
        std::shared_ptr<Engine> closing = std::move(engine_);
        engine_ = nullptr;
        const py::gil_scoped_release unlocked;
        closing.reset();
        outside_.reset();
    }
    [[nodiscard]] const LogSink& log() const { return log_; }
    [[nodiscard]] bool is_closed() const { return engine_ == nullptr; }
    [[nodiscard]] std::shared_ptr<Engine> open() const {
        if (engine_ == nullptr) throw wrong("the engine is closed");
        return engine_;
    }
    /// For threads of its own.
    [[nodiscard]] std::shared_ptr<Engine> open_for_threads() const {
        if (outside_ != nullptr) {
            throw wrong("an engine inside a transaction is for one thread: make outboxes, timers and commits of the "
                        "engine outside");
        }
        return open();
    }

private:
    LogSink log_;
    std::shared_ptr<Engine> outside_;  // of one inside a transaction
    std::shared_ptr<Engine> engine_;
};

/// Engine.call(name, arguments), of whose time pybind11's own way of calling would take a part.
PyObject* call_engine(PyObject* capsule, PyObject* const* arguments, Py_ssize_t count) noexcept {
    try {
        try {
            if (count != 2 || !PyUnicode_Check(arguments[0]) || !PyDict_Check(arguments[1])) {
                throw wrong("call() takes a str and a dict");
            }
            auto* const engine = static_cast<NativeEngine*>(PyCapsule_GetPointer(capsule, nullptr));
            return engine->call(bytes_of(arguments[0]), arguments[1]).release().ptr();
        } catch (const Error& error) {
            set_exception(error_of(error));
        }
    } catch (py::error_already_set& error) {
        error.restore();
    } catch (const std::exception& error) {
        PyErr_SetString(PyExc_RuntimeError, error.what());
    }
    return nullptr;
}

/// That function of an engine, which it keeps.
py::object caller_of(const py::object& engine) {
    static PyMethodDef definition{
        "call", reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(call_engine)), METH_FASTCALL,
        "Any call of the engine, by its name."};
    const auto drop = [](PyObject* capsule) { Py_XDECREF(static_cast<PyObject*>(PyCapsule_GetContext(capsule))); };
    const py::object capsule = stolen(PyCapsule_New(engine.cast<NativeEngine*>(), nullptr, drop));
    if (PyCapsule_SetContext(capsule.ptr(), engine.ptr()) != 0) throw py::error_already_set();
    engine.inc_ref();
    return stolen(PyCFunction_New(&definition, capsule.ptr()));
}

/// A service of threads, with the engine that outlives it.
template <class Service>
struct Running {
    std::shared_ptr<Engine> engine;
    std::shared_ptr<Service> service;

    [[nodiscard]] std::shared_ptr<Service> open(const char* what) const {
        if (service == nullptr) throw wrong(std::string("the ") + what + " is closed");
        return service;
    }
    /// Waits for what runs. Error{misuse} within one of its own handlers: then it stays open.
    void close() {
        if (service == nullptr) return;
        const std::shared_ptr<Service> closing = service;
        {
            const py::gil_scoped_release unlocked;
            closing->stop();
        }
        service = nullptr;
        engine = nullptr;
    }
    /// Of one that nobody has any more: where its own handler was the last, it ends in a thread elsewhere.
    void drop() noexcept {
        try {
            close();
        } catch (const Error&) {
            std::thread([held = std::move(*this)] {}).detach();
        }
    }
};

/// The outbox and its handlers.
class NativeOutbox {
public:
    NativeOutbox(const NativeEngine& engine, const py::handle& options)
        : running_{engine.open_for_threads(), nullptr} {
        running_.service = std::make_shared<OutboxService>(
            *running_.engine, marshal::outbox_options(value_of(options), engine.log()));
    }
    ~NativeOutbox() { running_.drop(); }
    NativeOutbox(const NativeOutbox&) = delete;
    NativeOutbox& operator=(const NativeOutbox&) = delete;

    void handle_service(const std::string& name, py::function handler) {
        marshal::handle_service(*open(), *running_.engine, name,
                                [handle = shared(std::move(handler))](const Value& request) {
                                    const py::gil_scoped_acquire lock;
                                    return value_of(called(*handle, object_of(request)));
                                });
    }
    void handle_withdrawal(const std::string& name, py::function handler) {
        marshal::handle_withdrawal(*open(), *running_.engine, name,
                                   [handle = shared(std::move(handler))](const Value& request) {
                                       const py::gil_scoped_acquire lock;
                                       (void)called(*handle, object_of(request));
                                   });
    }
    void handle_notices(py::function handler) {
        marshal::handle_notices(*open(), *running_.engine,
                                [handle = shared(std::move(handler))](const Value& notice) {
                                    const py::gil_scoped_acquire lock;
                                    (void)called(*handle, object_of(notice));
                                });
    }
    std::size_t deliver() {
        const auto service = open();
        const py::gil_scoped_release unlocked;
        return service->deliver_all();
    }
    void start(std::size_t threads) {
        if (threads == 0) throw wrong("threads must be at least 1");
        open()->start(threads);
    }
    void stop() {
        const auto service = open();
        const py::gil_scoped_release unlocked;
        service->stop();
    }
    void close() { running_.close(); }

private:
    [[nodiscard]] std::shared_ptr<OutboxService> open() const { return running_.open("outbox"); }

    Running<OutboxService> running_;
};

class NativeTimer {
public:
    NativeTimer(const NativeEngine& engine, std::int64_t poll_milliseconds)
        : running_{engine.open_for_threads(), nullptr} {
        if (poll_milliseconds < 1) throw wrong("poll must be longer than nothing");
        running_.service = std::make_shared<TimerService>(
            *running_.engine, TimerOptions{.poll = std::chrono::milliseconds(poll_milliseconds),
                                           .on_report = {},
                                           .on_problem = {}});
        running_.service->start();
    }
    ~NativeTimer() { running_.drop(); }
    NativeTimer(const NativeTimer&) = delete;
    NativeTimer& operator=(const NativeTimer&) = delete;

    void close() { running_.close(); }

private:
    Running<TimerService> running_;
};

/// Threads that commit for callers who do not wait.
class NativeCommits {
public:
    NativeCommits(const NativeEngine& engine, std::size_t threads)
        : running_{engine.open_for_threads(), nullptr} {
        if (threads == 0) throw wrong("threads must be at least 1");
        running_.service = std::make_shared<CommitService>(*running_.engine);
        running_.service->start(threads);
    }
    ~NativeCommits() { running_.drop(); }
    NativeCommits(const NativeCommits&) = delete;
    NativeCommits& operator=(const NativeCommits&) = delete;

    /// `done(answer, error)`: one of them is None.
    void call(const std::string& name, const py::dict& arguments, py::function done) {
        const auto service = running_.open("commits");
        const Value given = arguments_of(arguments.ptr());
        auto completion = [done = shared(std::move(done))](const std::function<marshal::Reply()>& get) {
            marshal::Reply reply;
            std::optional<Error> failed;
            try {
                reply = get();
            } catch (const Error& error) {
                failed = error;
            } catch (const std::exception& error) {
                failed.emplace(ErrorCode::internal, error.what());
            }
            const py::gil_scoped_acquire lock;
            try {
                if (failed) {
                    (*done)(py::none(), error_of(*failed));
                } else if (reply.refused) {
                    (*done)(py::none(), refusal_of(reply.value));
                } else {
                    (*done)(object_of(reply.value), py::none());
                }
            } catch (py::error_already_set& error) {
                error.discard_as_unraisable("a completion");
            }
        };
        const py::gil_scoped_release unlocked;
        marshal::call_later(*service, *running_.engine, name, given, std::move(completion));
    }
    void close() { running_.close(); }

private:
    Running<CommitService> running_;
};

std::string call_without_engine(const std::string& name, const py::dict& arguments) {
    const Value given = arguments_of(arguments.ptr());
    const py::gil_scoped_release unlocked;
    return marshal::call_without_engine(name, given);
}

}  // namespace

PYBIND11_MODULE(_native, module) {
    python::import_dates();
    py::register_exception_translator([](std::exception_ptr thrown) {
        try {
            if (thrown) std::rethrow_exception(thrown);
        } catch (const Error& error) {
            set_exception(error_of(error));
        }
    });
    module.attr("version") = WORKFLOW_VERSION;
    module.def("calls", &marshal::calls);
    module.def("call_without_engine", &call_without_engine);
    py::class_<NativeEngine>(module, "Engine")
        .def(py::init<const std::string&, const std::string&, const py::object&, const py::object&>())
        .def_property_readonly("call", &caller_of)
        .def("inside_sqlite",
             [](const NativeEngine& outside, std::uintptr_t connection) {
                 return std::make_unique<NativeEngine>(
                     outside, marshal::Transaction{marshal::Transaction::Of::sqlite, pointer(connection), {}});
             })
        .def("inside_postgres",
             [](const NativeEngine& outside, std::uintptr_t connection, const std::string& schema) {
                 return std::make_unique<NativeEngine>(
                     outside,
                     marshal::Transaction{marshal::Transaction::Of::postgres, pointer(connection), schema});
             })
        .def("close", &NativeEngine::close)
        .def_property_readonly("closed", &NativeEngine::is_closed);
    py::class_<NativeOutbox>(module, "Outbox")
        .def(py::init<const NativeEngine&, const py::handle&>())
        .def("handle_service", &NativeOutbox::handle_service)
        .def("handle_withdrawal", &NativeOutbox::handle_withdrawal)
        .def("handle_notices", &NativeOutbox::handle_notices)
        .def("deliver", &NativeOutbox::deliver)
        .def("start", &NativeOutbox::start)
        .def("stop", &NativeOutbox::stop)
        .def("close", &NativeOutbox::close);
    py::class_<NativeTimer>(module, "Timer")
        .def(py::init<const NativeEngine&, std::int64_t>())
        .def("close", &NativeTimer::close);
    py::class_<NativeCommits>(module, "Commits")
        .def(py::init<const NativeEngine&, std::size_t>())
        .def("call", &NativeCommits::call)
        .def("close", &NativeCommits::close);
}
