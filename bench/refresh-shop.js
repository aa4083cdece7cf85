/**
 * The sample shop's planted groups, seen again and again without any change: the population that `segbook refresh` must leave alone.
 * Who a customer is stays; what was seen of them in the last months is drawn anew; some leave, as many come.
 */
import { clamp, roundAtRandom } from "../data/generate/draws.js";
import { firstGroups, unattached } from "../data/generate/groups.js";
import { createRandom } from "../dist/core/random.js";

/** How much of what makes customers of one group differ is their own and stays; the rest is drawn anew at each look. */
const lasting = 0.8;
/** Share of the customers who are replaced by others of the same population between two looks. */
const turnover = 0.03;

const planted = firstGroups.reduce((sum, { size }) => sum + size, 0) + unattached.size;

/**
 * A population of customers. `look([3])` is what is known of it one refresh after the beginning, `look([3, 5])` two after; each number
 * seeds who came and went and what they did in one step. `look([])` is the beginning.
 */
export function makeShop({ customers, seed }) {
  const random = createRandom(seed);
  const slots = Array.from({ length: customers }, (_, slot) =>
    drawPerson(random.fork(slot), slot, (slot + 0.5) / customers),
  );
  return {
    look(steps) {
      const people = steps.reduce(
        (present, step) => replaceSome(present, { random, step, customers }),
        slots,
      );
      const moment = random.fork(7_000_000 + steps.reduce((sum, step) => 1009 * sum + step + 1, 0));
      const seen = people
        .map((person) => ({ key: person.key, values: observe(moment.fork(person.stream), person) }))
        .sort((a, b) => (a.key < b.key ? -1 : 1));
      return {
        keys: seen.map(({ key }) => key),
        columns: new Map(
          Object.keys(seen[0].values).map((name) => [
            name,
            Float64Array.from(seen, ({ values }) => values[name]),
          ]),
        ),
      };
    },
  };
}

function replaceSome(present, { random, step, customers }) {
  const stream = random.fork(5_000_000 + step);
  return present.map((person, slot) => {
    if (stream.next() >= turnover) return person;
    const number = 1_000_000 + step * customers + slot;
    return drawPerson(random.fork(number), number, (slot + 0.5) / customers);
  });
}

/** Slots keep their group, so that every look has the same mix; newcomers are of the group whose place they take. */
function drawPerson(random, number, share) {
  const group = groupAt(share * planted) ?? drawLoner(random.fork(1));
  const own = Array.from({ length: 6 }, () => random.normal());
  return { key: `c${String(number).padStart(8, "0")}`, stream: number, group, own };
}

/** The group of the customer at this place of all who are planted; undefined for one of no group. */
function groupAt(place) {
  let end = 0;
  return firstGroups.find(({ size }) => {
    end += size;
    return place < end;
  });
}

/** In every trait somewhere on the way from one group to another. */
function drawLoner(random) {
  const one = firstGroups[random.below(firstGroups.length)];
  const other = firstGroups[random.below(firstGroups.length)];
  const way = 0.2 + 0.6 * random.next();
  const between = (from, to) => from + (to - from) * way;
  const betweenLogs = (from, to) => Math.exp(between(Math.log(from), Math.log(to)));
  return {
    age: [between(one.age[0], other.age[0]), 6],
    recency: [betweenLogs(one.recency[0], other.recency[0]), 0.5],
    orders: betweenLogs(one.orders, other.orders),
    basket: [betweenLogs(one.basket[0], other.basket[0]), 0.2],
    discount: [between(one.discount[0], other.discount[0]), 0.05],
    eco: [between(one.eco[0], other.eco[0]), 0.05],
    sessions: [betweenLogs(one.sessions[0], other.sessions[0]), 0.4],
  };
}

/** What the sources know of a customer at one moment, by feature; age does not move, so that nothing drifts. */
function observe(random, { group, own }) {
  const deviate = (trait) => Math.sqrt(lasting) * own[trait] + Math.sqrt(1 - lasting) * random.normal();
  const normal = ([mean, deviation], trait) => mean + deviation * deviate(trait);
  const logNormal = ([median, spread], trait) => median * Math.exp(spread * deviate(trait));
  return {
    age: Math.floor(clamp(group.age[0] + group.age[1] * own[0], 17, 97)),
    recency_days: Math.round(clamp(group.recency[0] * Math.exp(group.recency[1] * random.normal()), 0, 730)),
    order_count: 1 + roundAtRandom(random, Math.max(0, logNormal([group.orders, 0.16], 1) - 1)),
    average_order_value: Math.round(100 * logNormal(group.basket, 2)) / 100,
    discount_share: clamp(normal(group.discount, 3), 0, 0.65),
    share_of_spend_eco: clamp(normal(group.eco, 4), 0, 0.95),
    web_sessions: Math.round(logNormal(group.sessions, 5)),
  };
}
