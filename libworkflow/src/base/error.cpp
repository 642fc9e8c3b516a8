#include "workflow/error.hpp"

namespace workflow {

const char* to_string(ErrorCode code) {
    switch (code) {
        case ErrorCode::not_found:
            return "not-found";
        case ErrorCode::conflict:
            return "conflict";
        case ErrorCode::storage:
            return "storage";
        case ErrorCode::corrupt:
            return "corrupt";
        case ErrorCode::unsupported:
            return "unsupported";
        case ErrorCode::limit:
            return "limit";
        case ErrorCode::misuse:
            return "misuse";
        case ErrorCode::internal:
            return "internal";
    }
    return "internal";
}

}  // namespace workflow
