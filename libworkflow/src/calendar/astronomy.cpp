#include "calendar/astronomy.hpp"

#include <array>
#include <cmath>

namespace workflow::calendar {
namespace {

constexpr double epoch_2000 = 2451545.0;
constexpr double days_per_century = 36525.0;
constexpr double seconds_per_day = 86400.0;

double sine(double degrees) {
    return std::sin(degrees * 3.14159265358979323846 / 180.0);
}

double full_circle(double degrees) {
    const double rest = std::fmod(degrees, 360.0);
    return rest < 0.0 ? rest + 360.0 : rest;
}

/// Dynamical minus Universal Time in days: Espenak and Meeus, Five Millennium Canon of Solar
/// Eclipses (NASA/TP-2006-214141), section 2.7, in the accuracy that a calendar needs: seconds.
double delta_time(JulianDate moment) {
    const double year = 2000.0 + (moment - epoch_2000) / 365.25;
    double seconds = 0.0;
    if (year < 1920.0) {
        const double t = year - 1900.0;
        seconds = -2.79 + t * (1.494119 + t * (-0.0598939 + t * (0.0061966 - t * 0.000197)));
    } else if (year < 1941.0) {
        const double t = year - 1920.0;
        seconds = 21.20 + t * (0.84493 + t * (-0.076100 + t * 0.0020936));
    } else if (year < 1961.0) {
        const double t = year - 1950.0;
        seconds = 29.07 + t * (0.407 + t * (-1.0 / 233.0 + t / 2547.0));
    } else if (year < 1986.0) {
        const double t = year - 1975.0;
        seconds = 45.45 + t * (1.067 + t * (-1.0 / 260.0 - t / 718.0));
    } else if (year < 2005.0) {
        const double t = year - 2000.0;
        seconds =
            63.86 + t * (0.3345 +
                         t * (-0.060374 + t * (0.0017275 + t * (0.000651814 + t * 0.00002373599))));
    } else if (year < 2050.0) {
        const double t = year - 2000.0;
        seconds = 62.92 + t * (0.32217 + t * 0.005589);
    } else {
        const double u = (year - 1820.0) / 100.0;
        seconds = -20.0 + 32.0 * u * u;
        if (year < 2150.0) seconds -= 0.5628 * (2150.0 - year);
    }
    return seconds / seconds_per_day;
}

/// Arguments of chapter 49: anomalies of Sun and Moon, the Moon's latitude, the ascending node.
struct MoonArguments {
    double eccentricity;  ///< E
    double sun;           ///< M
    double moon;          ///< M'
    double latitude;      ///< F
    double node;          ///< Omega
};

MoonArguments moon_arguments(double k, double t) {
    const double t2 = t * t;
    const double t3 = t2 * t;
    const double t4 = t3 * t;
    return {1.0 - 0.002516 * t - 0.0000074 * t2,
            2.5534 + 29.10535670 * k - 0.0000014 * t2 - 0.00000011 * t3,
            201.5643 + 385.81693528 * k + 0.0107582 * t2 + 0.00001238 * t3 - 0.000000058 * t4,
            160.7108 + 390.67050284 * k - 0.0016118 * t2 - 0.00000227 * t3 + 0.000000011 * t4,
            124.7746 - 1.56375588 * k + 0.0020672 * t2 + 0.00000215 * t3};
}

/// One row of the table of periodic terms for the new moon: coefficient in days and multiples.
struct PeriodicTerm {
    double coefficient;
    int eccentricity_power;
    int sun;
    int moon;
    int latitude;
};
constexpr std::array<PeriodicTerm, 24> periodic_terms{{
    {-0.40720, 0, 0, 1, 0},   {0.17241, 1, 1, 0, 0},   {0.01608, 0, 0, 2, 0},
    {0.01039, 0, 0, 0, 2},    {0.00739, 1, -1, 1, 0},  {-0.00514, 1, 1, 1, 0},
    {0.00208, 2, 2, 0, 0},    {-0.00111, 0, 0, 1, -2}, {-0.00057, 0, 0, 1, 2},
    {0.00056, 1, 1, 2, 0},    {-0.00042, 0, 0, 3, 0},  {0.00042, 1, 1, 0, 2},
    {0.00038, 1, 1, 0, -2},   {-0.00024, 1, -1, 2, 0}, {-0.00007, 0, 2, 1, 0},
    {0.00004, 0, 0, 2, -2},   {0.00004, 0, 3, 0, 0},   {0.00003, 0, 1, 1, -2},
    {0.00003, 0, 0, 2, 2},    {-0.00003, 0, 1, 1, 2},  {0.00003, 0, -1, 1, 2},
    {-0.00002, 0, -1, 1, -2}, {-0.00002, 0, 1, 3, 0},  {0.00002, 0, 0, 4, 0},
}};

/// Additional corrections for all phases: coefficient in days, angle = constant + rate * k degrees.
struct PlanetaryTerm {
    double coefficient;
    double constant;
    double rate;
};
constexpr std::array<PlanetaryTerm, 13> planetary_terms{{
    {0.000165, 251.88, 0.016321},
    {0.000164, 251.83, 26.651886},
    {0.000126, 349.42, 36.412478},
    {0.000110, 84.66, 18.206239},
    {0.000062, 141.74, 53.303771},
    {0.000060, 207.14, 2.453732},
    {0.000056, 154.84, 7.306860},
    {0.000047, 34.52, 27.261239},
    {0.000042, 207.19, 0.121824},
    {0.000040, 291.34, 1.844379},
    {0.000037, 161.72, 24.198154},
    {0.000035, 239.56, 25.513099},
    {0.000023, 331.55, 3.592518},
}};

}  // namespace

JulianDate new_moon(int number) {
    const double k = number;
    const double t = k / 1236.85;
    const double t2 = t * t;
    double moment = 2451550.09766 + 29.530588861 * k + 0.00015437 * t2 - 0.000000150 * t2 * t +
                    0.00000000073 * t2 * t2;
    const MoonArguments arguments = moon_arguments(k, t);
    for (const PeriodicTerm& term : periodic_terms) {
        moment += term.coefficient * std::pow(arguments.eccentricity, term.eccentricity_power) *
                  sine(term.sun * arguments.sun + term.moon * arguments.moon +
                       term.latitude * arguments.latitude);
    }
    moment += -0.00017 * sine(arguments.node);
    moment += 0.000325 * sine(299.77 + 0.107408 * k - 0.009173 * t2);
    for (const PlanetaryTerm& term : planetary_terms) {
        moment += term.coefficient * sine(term.constant + term.rate * k);
    }
    return moment - delta_time(moment);
}

double sun_longitude(JulianDate moment) {
    const double t = (moment + delta_time(moment) - epoch_2000) / days_per_century;
    const double mean_longitude = 280.46646 + t * (36000.76983 + t * 0.0003032);
    const double anomaly = 357.52911 + t * (35999.05029 - t * 0.0001537);
    const double centre = (1.914602 - t * (0.004817 + t * 0.000014)) * sine(anomaly) +
                          (0.019993 - 0.000101 * t) * sine(2.0 * anomaly) +
                          0.000289 * sine(3.0 * anomaly);
    const double node = 125.04 - 1934.136 * t;
    return full_circle(mean_longitude + centre - 0.00569 - 0.00478 * sine(node));
}

}  // namespace workflow::calendar
