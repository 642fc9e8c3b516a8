// New moons and the Sun's longitude, after Jean Meeus, Astronomical Algorithms, 2nd edition (1998).
// Pure functions.
#pragma once

namespace workflow::calendar {

/// A moment as a Julian date of Universal Time: 2451545.0 is 2000-01-01 12:00.
using JulianDate = double;

/// The `number`-th new moon after that of 2000-01-06, to about a minute (chapter 49, all terms).
[[nodiscard]] JulianDate new_moon(int number);
/// Apparent longitude of the Sun in degrees, [0, 360), to about 0.01 degrees (chapter 25).
[[nodiscard]] double sun_longitude(JulianDate moment);

}  // namespace workflow::calendar
