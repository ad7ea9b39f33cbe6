// The trials, and what they say where only some of them count. Intervals of 95 %: Wilson's for a
// chance, Student's for a mean, order statistics for a percentile, as in simulator/result.

const Z = 1.959963984540054;
const TAIL = (1 - 0.95) / 2;

function decoded(text, Kind) {
  return new Kind(Uint8Array.from(atob(text), (mark) => mark.charCodeAt(0)).buffer);
}

// An alternative ready to be asked: its trials also in the order of their values.
function alternativeOf(told, trials) {
  const values = told.values ? decoded(told.values, Float32Array) : new Float32Array(trials);
  const payback = told.payback ? decoded(told.payback, Uint8Array) : new Uint8Array(trials).fill(3);
  const order = Uint16Array.from({ length: trials }, (_, trial) => trial);
  order.sort((a, b) => values[a] - values[b]);
  return { ...told, values, payback, order };
}

// The report's own figures, over more trials than travel; an end that is null is nowhere.
function reported(whole) {
  return Object.fromEntries(Object.entries(whole).map(([key, figure]) => [
    key, { ...figure, low: figure.low ?? -Infinity, high: figure.high ?? Infinity },
  ]));
}

function inputOf(told) {
  const ranks = decoded(told.ranks, Uint16Array);
  return {
    ...told,
    ranks,
    rising: Uint16Array.from(ranks).sort(),
    below: decoded(told.below, Uint16Array),
    upto: decoded(told.upto, Uint16Array),
  };
}

// The tenth of the trials nearest by rank to a stop; trials of one value stay together.
function nearest(input, stop) {
  const trials = input.ranks.length;
  const size = Math.max(Math.round(trials / 10), 1);
  const middle = (input.below[stop] + input.upto[stop]) / 2;
  const start = Math.min(Math.max(Math.round(middle - size / 2), 0), trials - size);
  return [input.rising[start], start + size];
}

// Which trials have a rank from `from` to under `to`, of every condition.
function keptBy(conditions, trials) {
  const kept = new Uint8Array(trials).fill(1);
  for (const { ranks, from, to } of conditions) {
    for (let trial = 0; trial < trials; trial += 1) {
      if (ranks[trial] < from || ranks[trial] >= to) kept[trial] = 0;
    }
  }
  let count = 0;
  for (let trial = 0; trial < trials; trial += 1) count += kept[trial];
  return { kept, count };
}

function student(freedom) {
  const cubed = Z ** 3;
  return Z + (cubed + Z) / (4 * freedom) +
    (5 * Z ** 5 + 16 * cubed + 3 * Z) / (96 * freedom ** 2);
}

function wilson(hits, count, certain) {
  if (!count) return { value: null, error: null };
  const value = hits / count;
  if (certain) return { value, error: null };
  const centre = value + Z ** 2 / (2 * count);
  const width = Z * Math.sqrt((value * (1 - value)) / count + Z ** 2 / (4 * count ** 2));
  const whole = 1 + Z ** 2 / count;
  const low = hits === 0 ? 0 : Math.max((centre - width) / whole, 0);
  const high = hits === count ? 1 : Math.min((centre + width) / whole, 1);
  return { value, error: Math.max(value - low, high - value, 0) };
}

// The smallest counts of `count` trials whose binomial chance of not being exceeded is at least
// the tail, and 1 less the tail.
function binomialEnds(count, chance) {
  const mode = Math.floor((count + 1) * chance);
  const odds = chance / (1 - chance);
  const weights = new Float64Array(count + 1);
  weights[mode] = 1;
  for (let k = mode; k < count && weights[k] > 1e-20; k += 1) {
    weights[k + 1] = (weights[k] * odds * (count - k)) / (k + 1);
  }
  for (let k = mode; k > 0 && weights[k] > 1e-20; k -= 1) {
    weights[k - 1] = (weights[k] * k) / (odds * (count - k + 1));
  }
  let total = 0;
  for (let k = 0; k <= count; k += 1) total += weights[k];
  const ends = [];
  let upto = 0;
  for (let k = 0; k <= count && ends.length < 2; k += 1) {
    upto += weights[k];
    if (!ends.length && upto >= TAIL * total) ends.push(k);
    if (ends.length && upto >= (1 - TAIL) * total) ends.push(k);
  }
  return ends.length === 2 ? ends : [ends[0] ?? count, count];
}

function percentile(rising, percent) {
  const place = (share) => Math.max(Math.ceil((rising.length * share) / 100) - 1, 0);
  const [least, most] = binomialEnds(rising.length, percent / 100);
  return {
    value: rising[place(percent)],
    low: least ? rising[least - 1] : -Infinity,
    high: most < rising.length ? rising[most] : Infinity,
  };
}

function mean(values, certain) {
  const count = values.length;
  let [sum, squares] = [0, 0];
  for (let at = 0; at < count; at += 1) sum += values[at];
  const value = sum / count;
  for (let at = 0; at < count; at += 1) squares += (values[at] - value) * (values[at] - value);
  const error = certain ? 0 : student(count - 1) * Math.sqrt(squares / (count - 1) / count);
  return { value, error };
}

// What an alternative is worth in the trials kept. Payback: 0 within the hurdle, 1 later, 2 never,
// 3 where nothing is paid.
function summary(alternative, { kept, count }) {
  const { values, payback, order, certain } = alternative;
  const rising = new Float64Array(count);
  const paid = [0, 0, 0, 0];
  let place = 0;
  let losses = 0;
  for (let at = 0; at < order.length; at += 1) {
    const trial = order[at];
    if (!kept[trial]) continue;
    rising[place] = values[trial];
    place += 1;
    if (values[trial] < 0) losses += 1;
    paid[payback[trial]] += 1;
  }
  const payable = count - paid[3];
  return {
    rising,
    paid: wilson(paid[0], payable, certain),
    never: wilson(paid[2], payable, certain),
    loss: wilson(losses, count, certain),
    mean: mean(rising, certain),
  };
}

// Whether the trials kept tell how much two alternatives differ, trial by trial.
function toldApart(gap, { kept, count }) {
  let [sum, squares, seen] = [0, 0, 0];
  for (let trial = 0; trial < kept.length; trial += 1) {
    if (!kept[trial]) continue;
    const each = gap(trial);
    if (each === null) continue;
    seen += 1;
    sum += each;
    squares += each * each;
  }
  if (seen < 2 || !count) return false;
  const average = sum / seen;
  const variance = Math.max(squares / seen - average ** 2, 0) * (seen / (seen - 1));
  return Math.abs(average) > student(seen - 1) * Math.sqrt(variance / seen);
}

// The alternatives in order by a figure, with whether each is told from the first.
function rankedBy(alternatives, figure, gap, kept) {
  const known = alternatives.filter((each) => figure(each).value !== null);
  known.sort((a, b) => figure(b).value - figure(a).value);
  return known.map((each, place) => ({
    alternative: each,
    figure: figure(each),
    tied: place > 0 && !toldApart((trial) => gap(known[0], each, trial), kept),
  }));
}
