// Never linked: does all that a pure module may not, so that the purity check can show that it
// sees.
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <random>
#include <thread>

double impure_canary() {
    double sum = static_cast<double>(std::random_device{}()) + std::rand();
    sum += static_cast<double>(std::time(nullptr));
    sum += static_cast<double>(std::chrono::system_clock::now().time_since_epoch().count());
    sum += static_cast<double>(std::chrono::steady_clock::now().time_since_epoch().count());
    if (std::getenv("HOME") != nullptr) sum += 1;
    std::ifstream file("canary");
    if (std::FILE* other = std::fopen("canary", "r")) std::fclose(other);
    static std::condition_variable changed;
    std::thread([] { changed.notify_all(); }).join();
    return sum + (file ? 1 : 0);
}
