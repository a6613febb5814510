// The hottest steps of the customers' month in C++: a yardstick for the compiled engine, with the same bits.
//
// Columns, offers, parameters and counts are those of the model; `layout.h` is written from them before this file is
// compiled. Each function does for all customers what the block form of one step does in `sim/simulation/engines`, block by
// block, with lanes of 128 numbers a column. Worlds whose units are walled off or whose firms choose their customers
// are not covered.

#include <cmath>
#include <cstdint>
#include <cstring>

#include "layout.h"

namespace {

using Word = uint64_t;

// ---- random numbers: sim/model/randomness.py ----

inline Word mixed(Word x) {
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

inline Word who_and_when(Word key, Word slot, Word generation, Word month) {
    return mixed(key ^ (slot << 32 | generation << 16 | month));
}

inline Word what_for(Word purpose, Word number, int64_t firm) {
    return (purpose << 48 | number << 32 | Word(firm)) * 0x9E3779B97F4A7C15u;
}

inline Word word_at(Word who, Word what) { return mixed(who + what); }

inline double as_double(Word bits) {
    double number;
    std::memcpy(&number, &bits, 8);
    return number;
}

inline Word as_word(double number) {
    Word bits;
    std::memcpy(&bits, &number, 8);
    return bits;
}

constexpr double PER_32_BITS = 1.0 / 4294967296.0, LARGE = 4503599627370496.0;  // 2**-32, 2**52
constexpr Word LARGE_BITS = 0x4330000000000000u;

inline double upper_uniform(Word bits) { return (as_double(bits >> 32 | LARGE_BITS) - (LARGE - 0.5)) * PER_32_BITS; }

inline double lower_uniform(Word bits) {
    return (as_double((bits & 0xFFFFFFFFu) | LARGE_BITS) - (LARGE - 0.5)) * PER_32_BITS;
}

inline double fine_uniform(Word bits) {
    return as_double(bits >> 12 | 0x3FF0000000000000u) - (1.0 - 1.0 / 9007199254740992.0);
}

// ---- arithmetic: sim/numeric/mathematics.py ----

constexpr double MAGIC = 6755399441055744.0;  // 1.5 * 2**52

inline int64_t nearest(double number) { return int64_t(as_word(number + MAGIC)) - 0x4338000000000000; }

inline double rounded(double number) { return (number + MAGIC) - MAGIC; }

inline int64_t to_fixed_point(double value) { return nearest(value * FIXED_POINT); }

inline double exponential(double x) {
    x = x > 709.0 ? 709.0 : x;
    x = x < -708.0 ? -708.0 : x;
    const double whole = rounded(x * 1.4426950408889634);
    const double r = (x - whole * 6.93147180369123816490e-01) - whole * 1.90821492927058770002e-10;
    const double s = r * r, q = s * s;
    const double low = 0.5 + r * (1.0 / 6.0) + s * (1.0 / 24.0 + r * (1.0 / 120.0));
    const double high = 1.0 / 720.0 + r * (1.0 / 5040.0) + s * (1.0 / 40320.0 + r * (1.0 / 362880.0));
    const double top = 1.0 / 3628800.0 + r * (1.0 / 39916800.0) + s * (1.0 / 479001600.0);
    return (1.0 + (r + s * (low + q * (high + q * top)))) * as_double(Word(nearest(whole) + 1023) << 52);
}

inline double logarithm(double x) {
    constexpr Word ROOT = 0x3FE6A09E667F3BCDu;
    const Word moved = as_word(x) + (0x3FF0000000000000u - ROOT);
    const double k = as_double(moved >> 52 | LARGE_BITS) - (LARGE + 1023.0);
    const double f = as_double((moved & 0x000FFFFFFFFFFFFFu) + ROOT) - 1.0;
    const double s = f / (2.0 + f), z = s * s, w = z * z;
    const double odd = w * (0.3999999999940941908 + w * (0.2222219843214978396 + w * 0.1531383769920937332));
    double even = w * (0.2857142874366239149 + w * (0.1818357216161805012 + w * 0.1479819860511658591));
    even = z * (0.6666666666666735130 + even);
    const double half = 0.5 * f * f;
    return k * 6.93147180369123816490e-01 - ((half - (s * (half + (odd + even)) + k * 1.90821492927058770002e-10)) - f);
}

struct Pair {
    double first, second;
};

inline Pair cosine_and_sine(double turns) {
    const int64_t quarter = nearest(4.0 * turns);
    const double r = (turns - 0.25 * rounded(4.0 * turns)) * (2.0 * M_PI), z = r * r;
    double sine = -2.50507602534068634195e-08 + z * 1.58969099521155010221e-10;
    sine = -1.98412698298579493134e-04 + z * (2.75573137070700676789e-06 + z * sine);
    sine = r + r * z * (-1.66666666666666324348e-01 + z * (8.33333333332248946124e-03 + z * sine));
    double cosine = -2.75573143513906633035e-07 + z * (2.08757232129817482790e-09 - z * 1.13596475577881948265e-11);
    cosine = 4.16666666666666019037e-02 +
             z * (-1.38888888888741095749e-03 + z * (2.48015872894767294178e-05 + z * cosine));
    cosine = 1.0 - (0.5 * z - z * z * cosine);
    const bool swapped = (quarter & 1) != 0;
    const double one = swapped ? sine : cosine, other = swapped ? cosine : sine;
    return {(quarter & 3) == 1 || (quarter & 3) == 2 ? -one : one, (quarter & 3) >= 2 ? -other : other};
}

inline Pair normals_of(Word bits) {
    const double radius = std::sqrt(-2.0 * logarithm(upper_uniform(bits)));
    const Pair angle = cosine_and_sine(lower_uniform(bits));
    return {radius * angle.first, radius * angle.second};
}

inline int64_t poisson(double mean, double luck, int64_t most) {
    double term = exponential(-mean), total = term;
    int64_t count = 0;
    while (luck > total && count < most) {
        count += 1;
        term *= mean * (1.0 / double(count));
        total += term;
    }
    return count;
}

// ---- equations: sim/model/equations ----

inline double clip(double value) {
    value = value > 0.0 ? value : 0.0;
    return value < 1.0 ? value : 1.0;
}

inline double single(double value) { return double(float(value)); }

inline double response(double satisfaction, double neutral, double strength) {
    const double factor = 1.0 + strength * (satisfaction - neutral);
    return factor > 0.0 ? factor : 0.0;
}

inline double demand_at(double price, double elasticity) { return exponential(elasticity * (1.0 - price)); }

inline double updated_expectation(double expectation, double experience, double speed) {
    return expectation + speed * (experience - expectation);
}

inline double hours_of_incident(double plain, double handoffs, double per, double complexity) {
    return plain * (1.0 + per * handoffs) * (1.0 + complexity);
}

// ---- a block of customers, and lanes to work in ----

struct Lanes {
    alignas(64) Word who[BLOCK], customer[BLOCK];
    alignas(64) int64_t place[BLOCK], flag[BLOCK], fresh[BLOCK], discounted[BLOCK], contribution[BLOCK],
        billed[BLOCK], goods[BLOCK], line[BLOCK];
    alignas(64) double rate[BLOCK], spend[BLOCK], loss_aversion[BLOCK], categories[BLOCK], incident_rate[BLOCK];
    alignas(64) double satisfaction[BLOCK], expectation[BLOCK], precision[BLOCK], mean[BLOCK], luck[BLOCK];
    alignas(64) double bought[BLOCK], depth[BLOCK], length[BLOCK], nearest[BLOCK], variance[BLOCK], best[BLOCK];
    alignas(64) double gain[BLOCK], fit[BLOCK], moved[BLOCK], shortfall[BLOCK], standing[BLOCK], price_weight[BLOCK];
    alignas(64) double second[BLOCK], shock[DIMENSIONS][BLOCK], goal[DIMENSIONS][BLOCK], weight[DIMENSIONS][BLOCK];
    alignas(64) double stated[DIMENSIONS][BLOCK], error[DIMENSIONS][BLOCK], position[DIMENSIONS][BLOCK];
    alignas(64) double believed[DIMENSIONS][BLOCK], quality[BLOCK], unit_cost[BLOCK];
};

Lanes lane;  // holds nothing from one block to the next; one thread at a time

struct Block {
    const Month& month;
    int64_t start, stop;
    int64_t size() const { return stop - start; }
    const Parameters& numbers() const { return *month.parameters; }
    const Offer& offer(int64_t firm) const { return month.offers[firm]; }
    Counts& counts(int64_t firm) const { return month.counts[firm]; }
};

int64_t* billed_by(const Month& month, int64_t firm) { return month.billed + firm * month.relation_padded; }

void remember_who(const Block& block) {
    const int16_t* generation = person::generation(block.month) + block.start;
    for (int64_t n = 0; n < block.size(); n++)
        lane.who[n] = who_and_when(block.month.key, Word(block.start + n), Word(int64_t(generation[n])), Word(block.month.now));
}

template <void (*step)(const Block&)>
void by_blocks(const Month& month) {
    for (int64_t start = 0; start < month.places; start += BLOCK) {
        const Block block{month, start, start + BLOCK < month.places ? start + BLOCK : month.places};
        remember_who(block);
        step(block);
    }
}

// ---- drift of needs ----

void drift_in(const Block& block) {
    const double drift = block.numbers().needs_drift, spread = block.numbers().needs_spread;
    if (drift <= 0.0) return;
    const Word first = what_for(DRIFT, 0, 0), second = what_for(DRIFT, 1, 0);
    for (int64_t n = 0; n < block.size(); n++) {
        const Pair one = normals_of(word_at(lane.who[n], first)), other = normals_of(word_at(lane.who[n], second));
        lane.shock[0][n] = one.first, lane.shock[1][n] = one.second;
        lane.shock[2][n] = other.first, lane.shock[3][n] = other.second;
    }
    const int8_t* present = person::present(block.month) + block.start;
    for (int64_t k = 0; k < DIMENSIONS; k++) {
        float* __restrict goal = person::goal(block.month, k) + block.start;
        for (int64_t n = 0; n < block.size(); n++) {
            const double moved = double(goal[n]) * std::sqrt(1.0 - drift * drift) + drift * spread * lane.shock[k][n];
            goal[n] = present[n] != 0 ? float(moved) : goal[n];
        }
    }
}

// ---- marketing ----

void be_targeted(const Block& block, int64_t firm, int64_t place, double number) {
    const Offer& offer = block.offer(firm);
    const Word lasting = who_and_when(block.month.key, Word(place), Word(int64_t(person::generation(block.month)[place])), 0);
    const double error = normals_of(word_at(lasting, what_for(VALUE, 0, offer.key))).first;
    const double noise = block.numbers().belief_value_error * offer.walls_to_value_marketing;
    const double seen = (double(person::standing(block.month)[place]) + noise * error) / std::sqrt(1.0 + noise * noise);
    const double rank = 1.0 / (1.0 + exponential(-1.702 * seen));
    if (number >= offer.reach_mass + BEST_RANK * offer.reach_targeted * rank) return;
    block.counts(firm).contacts_targeted += 1;
    relation::contacted(block.month, firm)[place] = 1;
    relation::aware(block.month, firm)[place] = 1;
    float& expected = relation::expectation(block.month, firm)[place];
    if (offer.promise > double(expected))
        expected = float(updated_expectation(double(expected), offer.promise, block.numbers().marketing_promise_effect));
}

void be_contacted_in(const Block& block, int64_t firm) {
    const Offer& offer = block.offer(firm);
    const double mass = offer.reach_mass, promise = offer.promise, effect = block.numbers().marketing_promise_effect;
    const double limit = mass + BEST_RANK * offer.reach_targeted;
    const int8_t* present = person::present(block.month) + block.start;
    int8_t* __restrict aware = relation::aware(block.month, firm) + block.start;
    int8_t* __restrict contacted = relation::contacted(block.month, firm) + block.start;
    float* __restrict expectation = relation::expectation(block.month, firm) + block.start;
    int64_t contacts = 0, picked = 0;
    for (int64_t n = 0; n < block.size(); n++) {
        const bool there = present[n] != 0;
        const bool reached = there & (lane.luck[n] < mass) & (limit > 0.0);
        const bool picks = there & (lane.luck[n] >= mass) & (lane.luck[n] < limit);
        contacts += reached, picked += picks;
        lane.flag[n] = picks;
        const int8_t known = aware[n], before = contacted[n], now = reached;
        aware[n] = known | now;
        contacted[n] = there ? now : before;
        const float expected = expectation[n];
        const float raised = float(updated_expectation(double(expected), promise, effect));
        expectation[n] = reached & (promise > double(expected)) ? raised : expected;
    }
    block.counts(firm).contacts_mass += contacts;
    if (picked > 0)
        for (int64_t n = 0; n < block.size(); n++)
            if (lane.flag[n] != 0) be_targeted(block, firm, block.start + n, lane.luck[n]);
}

void notice_newcomer_offer_in(const Block& block, int64_t firm) {
    const double discount = block.offer(firm).newcomer_discount, notice = block.numbers().marketing_notice;
    const double betrayal = block.numbers().marketing_betrayal;
    const int8_t* present = person::present(block.month) + block.start;
    const int8_t* supplier = person::supplier(block.month) + block.start;
    const int16_t* tenure = person::tenure(block.month) + block.start;
    float* __restrict satisfaction = relation::satisfaction(block.month, firm) + block.start;
    for (int64_t n = 0; n < block.size(); n++) {
        const bool own = (supplier[n] == firm) & (tenure[n] > 0) & (present[n] != 0);
        const double after = clip(double(satisfaction[n]) - betrayal * discount);
        satisfaction[n] = own & (lane.second[n] < notice) ? float(after) : satisfaction[n];
    }
}

void be_reached_in(const Block& block) {
    for (int64_t firm = 0; firm < block.month.firms; firm++) {
        const Offer& offer = block.offer(firm);
        if (offer.reach_mass + offer.reach_targeted > 0.0 || offer.newcomer_discount > 0.0) {
            const Word what = what_for(REACH, 0, offer.key);
            for (int64_t n = 0; n < block.size(); n++) {
                const Word bits = word_at(lane.who[n], what);
                lane.luck[n] = upper_uniform(bits), lane.second[n] = lower_uniform(bits);
            }
        }
        be_contacted_in(block, firm);
        if (offer.newcomer_discount > 0.0) notice_newcomer_offer_in(block, firm);
    }
}

// ---- a month of supply under contract ----

int64_t line_up(const Block& block, int64_t firm) {
    const Month& month = block.month;
    int64_t count = 0;
    for (int64_t i = block.start; i < block.stop; i++) {
        if (person::supplier(month)[i] != firm || person::present(month)[i] == 0) continue;
        lane.place[count] = i, lane.customer[count] = lane.who[i - block.start];
        lane.rate[count] = person::rate(month)[i], lane.spend[count] = person::spend(month)[i];
        lane.loss_aversion[count] = person::loss_aversion(month)[i];
        lane.categories[count] = person::categories(month)[i];
        lane.incident_rate[count] = person::incident_rate(month)[i];
        lane.satisfaction[count] = relation::satisfaction(month, firm)[i];
        lane.expectation[count] = relation::expectation(month, firm)[i];
        lane.precision[count] = relation::precision(month, firm)[i];
        lane.contribution[count] = relation::contribution(month, firm)[i];
        lane.billed[count] = billed_by(month, firm)[i];
        lane.fresh[count] = relation::last_purchase(month, firm)[i] == NEVER;
        lane.discounted[count] = person::discount_until(month)[i] >= month.now;
        for (int64_t k = 0; k < DIMENSIONS; k++) {
            lane.goal[k][count] = person::goal(month, k)[i], lane.weight[k][count] = person::weight(month, k)[i];
            lane.stated[k][count] = person::stated_error(month, k)[i];
            lane.error[k][count] = relation::belief_error(month, firm, k)[i];
        }
        count += 1;
    }
    return count;
}

void count_occasions(const Block& block, int64_t firm, int64_t customers) {
    constexpr int MOST_IN_LANES = 5;
    const double neutral = block.numbers().satisfaction_neutral;
    const double strength = block.numbers().economics_frequency_response;
    const double demand = demand_at(block.offer(firm).price, block.numbers().economics_frequency_elasticity);
    const Word what = what_for(CONSIDER, 0, 0);
    int64_t many = 0;
    for (int64_t n = 0; n < customers; n++) {
        const double luck = lower_uniform(word_at(lane.customer[n], what));
        const double mean = lane.rate[n] * response(lane.satisfaction[n], neutral, strength) * demand;
        double term = exponential(-mean), total = term, more = luck > total ? 1.0 : 0.0, bought = more;
        for (int count = 1; count < MOST_IN_LANES; count++) {
            term *= mean * (1.0 / double(count));
            total += term;
            more = luck > total ? more : 0.0;
            bought += more;
        }
        lane.luck[n] = luck, lane.mean[n] = mean, lane.bought[n] = bought;
        many += more > 0.0;
    }
    if (many > 0)
        for (int64_t n = 0; n < customers; n++)
            if (lane.bought[n] >= MOST_IN_LANES)
                lane.bought[n] = double(poisson(lane.mean[n], lane.luck[n], MOST_PURCHASES));
}

void compare_line(const Offer& offer, int64_t line, int64_t customers) {
    const double* position = offer.position[line];
    const double first = position[0], second = position[1], third = position[2], fourth = position[3];
    for (int64_t n = 0; n < customers; n++) {
        const double gap0 = lane.stated[0][n] - first, gap1 = lane.stated[1][n] - second;
        const double gap2 = lane.stated[2][n] - third, gap3 = lane.stated[3][n] - fourth;
        double distance = lane.weight[0][n] * gap0 * gap0 + lane.weight[1][n] * gap1 * gap1;
        distance = distance + lane.weight[2][n] * gap2 * gap2 + lane.weight[3][n] * gap3 * gap3;
        const bool nearer = distance < lane.nearest[n];
        lane.nearest[n] = nearer ? distance : lane.nearest[n];
        lane.line[n] = nearer ? line : lane.line[n];
        lane.quality[n] = nearer ? offer.line_quality[line] : lane.quality[n];
        lane.unit_cost[n] = nearer ? offer.line_cost[line] : lane.unit_cost[n];
        lane.position[0][n] = nearer ? first : lane.position[0][n];
        lane.position[1][n] = nearer ? second : lane.position[1][n];
        lane.position[2][n] = nearer ? third : lane.position[2][n];
        lane.position[3][n] = nearer ? fourth : lane.position[3][n];
    }
}

void believe_in(const Block& block, const Offer& offer, int64_t customers) {
    const double spread = block.numbers().needs_spread, confidence = block.numbers().belief_confidence;
    const double prior = 1.0 / (spread * spread), tolerance = block.numbers().needs_tolerance, goals = offer.goals;
    for (int64_t n = 0; n < customers; n++) {
        const bool known = lane.precision[n] > 0.0;
        const double precision = lane.precision[n] * confidence, trust = precision / (precision + prior);
        const double blur = LASTING_UNIT / std::sqrt(known ? lane.precision[n] : 1.0);
        double length = 0.0;
        for (int64_t k = 0; k < DIMENSIONS; k++) {
            const double stated = lane.stated[k][n], asked = stated - goals * (stated - lane.goal[k][n]);
            const double believed = trust * (asked + blur * lane.error[k][n] - lane.position[k][n]);
            lane.believed[k][n] = believed;
            length += believed * believed;
        }
        lane.length[n] = known ? length : 0.0;
        lane.variance[n] = 1.0 / (precision + prior);
        lane.gain[n] = -1e300;
        const double wider = 1.0 + lane.variance[n] / (4.0 * tolerance * tolerance);
        double expected = 1.0;
        for (int64_t k = 0; k < DIMENSIONS / 2; k++) expected /= wider;
        lane.best[n] = expected;
    }
}

void choose_depth(const Block& block, const Offer& offer, int64_t customers) {
    const Parameters& numbers = block.numbers();
    const double value = numbers.customisation_fit_value, tolerance = numbers.needs_tolerance;
    for (int64_t step = 0; step <= STEPS_OF_DEPTH; step++) {
        const double depth = offer.depth * double(step) / double(STEPS_OF_DEPTH);
        const double charge = step > 0 ? numbers.customisation_fixed_cost : 0.0;
        const double rate = step > 0 ? numbers.customisation_distance_cost * depth : 0.0;
        for (int64_t n = 0; n < customers; n++) {
            const double missing = (1.0 - depth) * (1.0 - depth) * lane.length[n];
            const double width = 8.0 * tolerance * tolerance + 2.0 * lane.variance[n];
            double gain = value * (lane.best[n] * exponential(-missing / width));
            gain -= charge + rate * std::sqrt(lane.length[n]);
            const bool better = gain > lane.gain[n];
            lane.depth[n] = better & (lane.precision[n] > 0.0) ? depth : lane.depth[n];
            lane.gain[n] = better ? gain : lane.gain[n];
        }
    }
}

void tailor_in(const Block& block, int64_t firm, int64_t customers) {
    const Offer& offer = block.offer(firm);
    const double distortion = block.numbers().needs_distortion, tolerance = block.numbers().needs_tolerance;
    const bool custom = offer.depth > 0.0 && block.numbers().needs_spread > 0.0;
    for (int64_t n = 0; n < customers; n++) lane.depth[n] = 0.0, lane.length[n] = 0.0, lane.nearest[n] = 1e300;
    for (int64_t n = 0; n < customers; n++)
        lane.line[n] = 0, lane.quality[n] = offer.line_quality[0], lane.unit_cost[n] = offer.line_cost[0];
    for (int64_t k = 0; k < DIMENSIONS; k++)
        for (int64_t n = 0; n < customers; n++) lane.believed[k][n] = 0.0, lane.position[k][n] = offer.position[0][k];
    if (custom || offer.lines > 1) {
        for (int64_t k = 0; k < DIMENSIONS; k++)
            for (int64_t n = 0; n < customers; n++)
                lane.stated[k][n] = lane.goal[k][n] + distortion * (LASTING_UNIT * lane.stated[k][n]);
        for (int64_t line = 0; line < offer.lines; line++) compare_line(offer, line, customers);
    }
    if (custom) {
        believe_in(block, offer, customers);
        choose_depth(block, offer, customers);
    }
    for (int64_t n = 0; n < customers; n++) {
        const double depth = lane.depth[n];
        double distance = 0.0;
        for (int64_t k = 0; k < DIMENSIONS; k++) {
            const double plain = lane.goal[k][n] - lane.position[k][n], nearer = plain - depth * lane.believed[k][n];
            const double gap = depth > 0.0 ? nearer : plain;
            distance += lane.weight[k][n] * gap * gap;
        }
        lane.fit[n] = exponential(-distance / (8.0 * tolerance * tolerance));
        lane.moved[n] = depth * std::sqrt(lane.length[n]);
    }
}

void pay_in(const Block& block, int64_t firm, int64_t customers) {
    const Parameters& numbers = block.numbers();
    const Offer& offer = block.offer(firm);
    const double share = numbers.economics_fixed_share, value = numbers.economics_category_value;
    const double neutral = numbers.satisfaction_neutral, strength = numbers.economics_basket_response;
    const double fixed = numbers.customisation_fixed_cost, by_distance = numbers.customisation_distance_cost;
    const double price = offer.price, weight = block.month.weight;
    const double newcomer = offer.newcomer_discount, retention = offer.retention_discount;
    const double demand = demand_at(price, numbers.economics_basket_elasticity);
    int64_t revenues = 0, discounts = 0, costs = 0, customs = 0, purchases = 0;
    for (int64_t n = 0; n < customers; n++) {
        const double factor = response(lane.satisfaction[n], neutral, strength);
        const double basket = lane.spend[n] * (1.0 + value * (lane.categories[n] - 1.0)) * factor * demand;
        const double amount = (share * lane.rate[n] + (1.0 - share) * lane.bought[n]) * basket;
        const double granted = lane.discounted[n] != 0 ? retention : 0.0;
        const double discount = lane.fresh[n] != 0 ? newcomer : granted;
        const int64_t revenue = nearest(amount * price * weight * 100.0);
        const int64_t discounted = nearest(amount * price * discount * weight * 100.0);
        const int64_t goods = nearest(amount * lane.unit_cost[n] * weight * 100.0);
        const double moving = fixed + by_distance * lane.moved[n];
        const int64_t moved = nearest(amount * moving * weight * 100.0), custom = lane.depth[n] > 0.0 ? moved : 0;
        lane.goods[n] = goods;
        lane.contribution[n] += revenue - discounted - goods - custom;
        lane.billed[n] += revenue - discounted;
        revenues += revenue, discounts += discounted, costs += goods, customs += custom;
        purchases += nearest(lane.bought[n]);
    }
    Counts& counts = block.counts(firm);
    counts.revenue += revenues, counts.discounts += discounts, counts.cost_goods += costs;
    counts.cost_customisation += customs, counts.purchases += purchases;
    for (int64_t n = 0; n < customers; n++) {
        counts.goods_second += lane.line[n] == 1 ? lane.goods[n] : 0;
        counts.goods_third += lane.line[n] == 2 ? lane.goods[n] : 0;
        counts.goods_fourth += lane.line[n] == 3 ? lane.goods[n] : 0;
    }
}

void use_in(const Block& block, int64_t firm, int64_t customers) {
    const Parameters& numbers = block.numbers();
    const Offer& offer = block.offer(firm);
    const double weight = numbers.satisfaction_quality_weight, level = numbers.satisfaction_level;
    const double spread = numbers.satisfaction_noise, learning = numbers.satisfaction_learning_use;
    const double disconfirmation = numbers.satisfaction_disconfirmation, speed = numbers.satisfaction_expectation_use;
    const Word what = what_for(USE, 0, offer.key);
    int64_t experiences = 0;
    for (int64_t n = 0; n < customers; n++) {
        const double noise = spread * normals_of(word_at(lane.customer[n], what)).first;
        lane.mean[n] = clip(weight * lane.quality[n] + (1.0 - weight) * lane.fit[n] + level + noise);
    }
    for (int64_t n = 0; n < customers; n++) {  // a loop of its own: g++ does not vectorise both in one
        const double experience = lane.mean[n];
        experiences += to_fixed_point(experience);
        const double expected = lane.expectation[n], before = lane.satisfaction[n];
        const double plain = experience - expected, worse = plain * lane.loss_aversion[n];
        const double gap = plain < 0.0 ? worse : plain;
        lane.satisfaction[n] = single(clip(before + learning * (experience + disconfirmation * gap - before)));
        const double missing = expected - experience;
        lane.shortfall[n] = missing > 0.0 ? missing : 0.0;
        lane.expectation[n] = updated_expectation(expected, experience, speed);
    }
    block.counts(firm).experience += experiences, block.counts(firm).uses += customers;
}

void write_back(const Block& block, int64_t firm, int64_t customers) {
    const Month& month = block.month;
    const bool promoted = block.offer(firm).newcomer_discount > 0.0;
    for (int64_t n = 0; n < customers; n++) {
        const int64_t i = lane.place[n], bought = nearest(lane.bought[n]);
        relation::bought(month, firm)[i] = int8_t(bought);
        relation::satisfaction(month, firm)[i] = float(lane.satisfaction[n]);
        relation::expectation(month, firm)[i] = float(lane.expectation[n]);
        relation::contribution(month, firm)[i] = lane.contribution[n];
        billed_by(month, firm)[i] = lane.billed[n];
        relation::last_purchase(month, firm)[i] = int16_t(month.now);
        person::purchases(month)[i] = int16_t(bought);
        person::fit(month)[i] = float(lane.fit[n]), person::depth(month)[i] = float(lane.depth[n]);
        person::line(month)[i] = int8_t(lane.line[n]);
        person::shortfall(month)[i] = float(lane.shortfall[n]);
        person::promoted(month)[i] = int8_t(lane.fresh[n] != 0 && promoted);
    }
}

void take_wanted(const Month& month, int64_t place, int64_t further) {
    const int64_t wants = person::wants(month)[place], holds = person::holds(month)[place];
    int64_t category = 0;
    while (category < further && !((wants >> category) & 1 && !((holds >> category) & 1))) category += 1;
    if (category == further) {
        category = 0;
        while (category < further && (holds >> category) & 1) category += 1;
        category = category == further ? 0 : category;
    }
    person::holds(month)[place] = int8_t(holds | int64_t(1) << category);
    person::categories(month)[place] += 1;
}

void take_further_in(const Block& block, int64_t firm, int64_t customers) {
    const Offer& offer = block.offer(firm);
    const double factor = block.numbers().economics_cross_sell;
    const int64_t most = int64_t(block.numbers().economics_categories);
    const double selling = offer.selling;
    const Word what = what_for(INCIDENTS, 0, offer.key);
    int64_t takers = 0;
    for (int64_t n = 0; n < customers; n++) {
        const Word bits = word_at(lane.customer[n], what);
        lane.luck[n] = upper_uniform(bits);
        const bool lucky = lower_uniform(bits) < factor * lane.satisfaction[n] * selling;
        lane.flag[n] = lucky & (lane.categories[n] < double(most));
        takers += lane.flag[n];
    }
    if (takers > 0)
        for (int64_t n = 0; n < customers; n++)
            if (lane.flag[n] != 0) take_wanted(block.month, lane.place[n], most - 1);
}

void open_incidents(const Block& block, int64_t firm, int64_t n, int64_t count) {
    const Month& month = block.month;
    const Parameters& numbers = block.numbers();
    const Offer& offer = block.offer(firm);
    const double forgetting = numbers.service_forgetting * offer.repeating;
    const int64_t place = lane.place[n];
    int64_t handoffs = 0, repeated = 0;
    for (int64_t stop = 0; stop < OTHER_DEPARTMENTS; stop++) {
        const Word bits = word_at(lane.customer[n], what_for(HOPS, Word(stop), offer.key));
        const double height = offer.service_walls[stop], luck = lower_uniform(bits);
        const bool hidden = upper_uniform(bits) < numbers.service_handoff_need && luck < height;
        handoffs += hidden, repeated += hidden && luck < height * forgetting;
    }
    const double complexity = numbers.service_complexity * (double(person::depth(month)[place]) + offer.desk_lines - 1);
    const double hours =
        hours_of_incident(numbers.service_hours * offer.handling, double(handoffs), numbers.service_handoff_hours,
                          complexity);
    person::open_incidents(month)[place] += int16_t(count);
    float& open = person::open_hours(month)[place];
    open = float(double(open) + double(count) * hours);
    int16_t &handed = person::incident_handoffs(month)[place], &again = person::told_again(month)[place];
    handed = int16_t(handed + handoffs < MOST_HANDOFFS ? handed + handoffs : MOST_HANDOFFS);
    again = int16_t(again + repeated < MOST_HANDOFFS ? again + repeated : MOST_HANDOFFS);
    Counts& counts = block.counts(firm);
    counts.incidents += count, counts.handoffs += count * handoffs;
}

void raise_incidents_in(const Block& block, int64_t firm, int64_t customers) {
    const Month& month = block.month;
    const Parameters& numbers = block.numbers();
    const Offer& offer = block.offer(firm);
    const double handoffs = double(OTHER_DEPARTMENTS) * numbers.service_handoff_need * offer.walls_of_service;
    const double plain = numbers.service_hours * offer.handling;
    const double lines = offer.desk_lines, trouble = offer.trouble, per = numbers.service_handoff_hours;
    const double failing = numbers.service_failure_demand, complex = numbers.service_complexity;
    int64_t means = 0, hours = 0, typical = 0;
    for (int64_t n = 0; n < customers; n++) {
        const double breed = 1.0 + failing * (1.0 - single(lane.fit[n]));
        const double prone = (1.0 + numbers.service_quality_effect * (EVEN - lane.quality[n])) * breed * trouble, mean = lane.incident_rate[n] * prone;
        const double complexity = complex * (single(lane.depth[n]) + lines - 1);
        const double one = hours_of_incident(plain, handoffs, per, complexity);
        means += to_fixed_point(mean), hours += to_fixed_point(mean * one);
        typical += to_fixed_point(prone * one);
        lane.mean[n] = mean, lane.flag[n] = lane.luck[n] > exponential(-mean);
    }
    Counts& counts = block.counts(firm);
    counts.incidents_mean += means, counts.hours_mean += hours, counts.hours_typical += typical;
    for (int64_t n = 0; n < customers; n++) {
        if (lane.flag[n] == 0) continue;
        const int64_t count = poisson(lane.mean[n], lane.luck[n], MOST_INCIDENTS);
        if (count > 0) open_incidents(block, firm, n, count);
    }
}

void buy_in(const Block& block) {
    const int8_t* present = person::present(block.month) + block.start;
    int16_t* __restrict purchases = person::purchases(block.month) + block.start;
    for (int64_t n = 0; n < block.size(); n++) purchases[n] = present[n] != 0 ? int16_t(0) : purchases[n];
    for (int64_t firm = 0; firm < block.month.firms; firm++) {
        int8_t* __restrict bought = relation::bought(block.month, firm) + block.start;
        for (int64_t n = 0; n < block.size(); n++) bought[n] = present[n] != 0 ? int8_t(0) : bought[n];
        const int64_t customers = line_up(block, firm);
        count_occasions(block, firm, customers);
        tailor_in(block, firm, customers);
        pay_in(block, firm, customers);
        use_in(block, firm, customers);
        write_back(block, firm, customers);
        take_further_in(block, firm, customers);
        raise_incidents_in(block, firm, customers);
    }
}

// ---- counting at the end of the month ----

int64_t line_up_for_counting(const Block& block, int64_t firm) {
    const Month& month = block.month;
    const int64_t span = month.now + 1 < MONTHS_PER_YEAR ? month.now + 1 : MONTHS_PER_YEAR;
    int64_t count = 0, lasting = 0;
    for (int64_t i = block.start; i < block.stop; i++) {
        if (person::supplier(month)[i] != firm || person::present(month)[i] == 0) continue;
        lane.place[count] = i;
        lane.satisfaction[count] = relation::satisfaction(month, firm)[i];
        lane.precision[count] = relation::precision(month, firm)[i];
        lane.contribution[count] = relation::contribution(month, firm)[i];
        lane.categories[count] = person::categories(month)[i], lane.fit[count] = person::fit(month)[i];
        lane.standing[count] = person::standing(month)[i], lane.price_weight[count] = person::price_weight(month)[i];
        lane.rate[count] = person::rate(month)[i], lane.spend[count] = person::spend(month)[i];
        lane.discounted[count] = person::discount_until(month)[i] >= month.now;
        person::tenure(month)[i] += 1, person::served_months(month)[i] += 1;
        lasting += person::tenure(month)[i] > span;
        count += 1;
    }
    block.counts(firm).lasting += lasting;
    return count;
}

void count_feelings(const Block& block, int64_t firm, int64_t customers) {
    int64_t satisfaction = 0, precision = 0, categories = 0, met = 0, satisfied = 0;
    for (int64_t n = 0; n < customers; n++) {
        const double feeling = lane.satisfaction[n];
        const bool content = feeling >= CONTENT;
        lane.flag[n] = !content;
        satisfied += content;
        satisfaction += to_fixed_point(feeling), precision += to_fixed_point(lane.precision[n]);
        categories += nearest(lane.categories[n]);
        met += lane.fit[n] > NEED_MET;
    }
    Counts& counts = block.counts(firm);
    counts.customers += customers, counts.satisfied += satisfied, counts.satisfaction += satisfaction;
    counts.precision += precision, counts.categories += categories, counts.needs_met += met;
}

void count_values(const Block& block, int64_t firm, int64_t customers) {
    const Parameters& numbers = block.numbers();
    const Offer& offer = block.offer(firm);
    const double by_feeling = numbers.choice_experience_weight, by_fit = numbers.choice_fit_weight;
    const double price = offer.price, granted = offer.retention_discount, outside = numbers.choice_outside;
    const double weight = block.month.weight;
    int64_t standing = 0, squared = 0, unprofitable = 0, met = 0, surplus = 0;
    for (int64_t n = 0; n < customers; n++) {
        standing += to_fixed_point(lane.standing[n]), squared += to_fixed_point(lane.standing[n] * lane.standing[n]);
        unprofitable += lane.contribution[n] < 0;
        met += (lane.contribution[n] > 0) & (lane.fit[n] > NEED_MET);
        const double asked = price * (1.0 - (lane.discounted[n] != 0 ? granted : 0.0));
        const double gained = by_feeling * lane.satisfaction[n] + by_fit * lane.fit[n] - outside;
        const bool minds = lane.price_weight[n] > 0.0;
        const double paid = gained / (minds ? lane.price_weight[n] : 1.0) + 1.0 - asked;
        const double worth = minds ? lane.rate[n] * lane.spend[n] * paid : 0.0;
        surplus += nearest(worth * weight * 100.0);
    }
    Counts& counts = block.counts(firm);
    counts.standing += standing, counts.standing_squared += squared, counts.unprofitable += unprofitable;
    counts.met_at_profit += met, counts.surplus += surplus;
}

void be_counted_in(const Block& block) {
    const double reach = block.numbers().hearing_reach;
    for (int64_t firm = 0; firm < block.month.firms; firm++) {
        const int64_t customers = line_up_for_counting(block, firm);
        count_feelings(block, firm, customers);
        count_values(block, firm, customers);
        const Word what = what_for(HEARD, 0, block.offer(firm).key);
        for (int64_t n = 0; n < customers; n++) {
            if (lane.flag[n] == 0) continue;
            const int64_t i = lane.place[n];
            const double luck = fine_uniform(word_at(lane.who[i - block.start], what));
            block.counts(firm).heard_dissatisfied += luck < reach * double(person::voice(block.month)[i]);
        }
    }
}

}  // namespace

extern "C" {
void drift(const Month* month) { by_blocks<drift_in>(*month); }
void be_reached(const Month* month) { by_blocks<be_reached_in>(*month); }
void buy(const Month* month) { by_blocks<buy_in>(*month); }
void be_counted(const Month* month) { by_blocks<be_counted_in>(*month); }
}
