#include <algorithm>
#include <cmath>

#include "simulation/draws.hpp"
#include "workflow/simulation.hpp"

namespace workflow::simulation {
namespace {

constexpr std::size_t worst_kept = 8;
constexpr std::size_t sample_kept = 200;

}  // namespace

void Examples::add(const FinishedDossier& course) {
    const auto keep = [](std::vector<Kept>& kept, Kept one, std::size_t many, auto first) {
        const auto at = std::upper_bound(kept.begin(), kept.end(), one, first);
        if (at == kept.end() && kept.size() >= many) return;
        kept.insert(at, std::move(one));
        if (kept.size() > many) kept.pop_back();
    };
    keep(worst_, {course.dossier, course}, worst_kept, [](const Kept& a, const Kept& b) {
        return a.course.lead != b.course.lead ? a.course.lead > b.course.lead : a.rank < b.rank;
    });
    Draws chance = draws_for({.subject = "examples", .dossier = course.dossier});
    keep(sample_, {chance(), course}, sample_kept,
         [](const Kept& a, const Kept& b) { return a.rank < b.rank; });
}

std::vector<FinishedDossier> Examples::worst(std::size_t many) const {
    std::vector<FinishedDossier> courses;
    for (const Kept& one : worst_) {
        if (courses.size() < many) courses.push_back(one.course);
    }
    return courses;
}

std::vector<FinishedDossier> Examples::typical(std::size_t many, double lead) const {
    std::vector<FinishedDossier> courses;
    for (const Kept& one : sample_) courses.push_back(one.course);
    std::sort(courses.begin(), courses.end(), [&](const FinishedDossier& a, const FinishedDossier& b) {
        const double a_off = std::abs(a.lead - lead);
        const double b_off = std::abs(b.lead - lead);
        return a_off != b_off ? a_off < b_off : a.dossier < b.dossier;
    });
    if (courses.size() > many) courses.resize(many);
    return courses;
}

}  // namespace workflow::simulation
