// How figures are written: the rules of reports/numbers.py, which a test holds this to, value by
// value. Numbers are taken as the shortest decimal that means them and rounded in whole numbers.

const NOISE = 1e-9;
const LOPSIDED = 2; // how many times one arm of an interval is as long as the other
const TEN = 10n;

function decimal(value) {
  const [digits, exponent] = Math.abs(value).toExponential().split("e");
  const [whole, part = ""] = digits.split(".");
  return { units: BigInt(whole + part), exponent: Number(exponent) - part.length };
}

function divided(top, bottom, up) {
  return up ? (top + bottom - 1n) / bottom : (2n * top + bottom) / (2n * bottom);
}

// How many times 10 ** place a value is, halves away from zero, or up; without its sign.
function rounded(value, place, up = false) {
  const { units, exponent } = decimal(value);
  return exponent >= place
    ? units * TEN ** BigInt(exponent - place)
    : divided(units, TEN ** BigInt(place - exponent), up);
}

function magnitude(value) {
  return Number(value.toExponential().split("e")[1]);
}

function placeOf(value, digits = 3) {
  return value ? magnitude(value) - digits + 1 : 0;
}

// The finest place that an error supports.
function supported(value, error) {
  const [digits, exponent] = (error / 5).toExponential().split("e");
  const coarse = Number(exponent) + (digits === "1" ? 0 : 1);
  if (!value) return coarse;
  const third = placeOf(value);
  return error <= 2 * Number(`1e${third}`) ? third : Math.max(third + 1, coarse);
}

function realError(error, value) {
  const none = error === null || !Number.isFinite(error) || error <= NOISE * Math.abs(value);
  return none ? null : error;
}

function writer(rules) {
  const SPACE = "\u00a0";
  const raised = (power) =>
    [...String(power)].map((mark) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(mark)]).join("");

  function grouped(units, decimals, negative = false) {
    const digits = String(units).padStart(decimals + 1, "0");
    const whole = digits.slice(0, digits.length - decimals);
    const part = decimals ? rules.decimal + digits.slice(-decimals) : "";
    const text = whole.replace(/\B(?=(\d{3})+$)/g, () => rules.group) + part;
    return (negative && units ? rules.minus : "") + text;
  }

  // A figure rounded at a place, counted in 10 ** power.
  function written(value, place, power, up = false) {
    const units = rounded(value, place, up);
    const spare = place > power ? TEN ** BigInt(place - power) : 1n;
    return grouped(units * spare, Math.max(power - place, 0), value < 0);
  }

  function plusMinus(error, place, power) {
    return error === null ? "" : "±" + written(error, place, power, true);
  }

  // An amount on the scale of the page, and how far it may be off.
  function amount(scale, value, error = null) {
    let place = scale.place;
    if (value) {
      place = Math.max(Math.min(scale.place, placeOf(value, 2)), placeOf(value));
      if (!scale.power && Number.isInteger(value)) place = Math.max(place, 0);
    }
    const off = realError(error, value);
    if (off !== null) place = Math.max(place, supported(value, off));
    return [written(value, place, scale.power), plusMinus(off, place, scale.power)];
  }

  // The shorter arm of an interval where to round to the longer one would destroy the value.
  function lopsided(value, low, high) {
    const arms = [Math.max(value - low, 0), Math.max(high - value, 0)];
    const [near, far] = [Math.min(...arms), Math.max(...arms)];
    if (realError(far, value) === null) return null;
    const [coarse, real] = [supported(value, far), realError(near, value)];
    const fine = real === null ? coarse - 1 : supported(value, near);
    if (fine >= coarse || (value && coarse <= placeOf(value, 2))) return null;
    const told = Math.sign(value) * Number(`${rounded(value, coarse)}e${coarse}`);
    return told < low || told > high || far >= LOPSIDED * near ? (real === null ? 0 : near) : null;
  }

  // A figure whose interval may have one end only, or one far off: that end stands in words.
  function open(write, { value, low, high }) {
    if (value === null) return [rules.undefined, ""];
    const [under, over] = [value - low, high - value];
    if (Number.isFinite(under) === Number.isFinite(over)) {
      const near = Number.isFinite(under) ? lopsided(value, low, high) : null;
      if (near === null) return write(value, Math.max(under, over, 0));
      const [figure, off] = write(value, near);
      const up = over > near;
      const [end] = write(up ? high : low, null);
      const far = up ? rules.orUpTo : rules.orDownTo;
      return [figure, far.replace("{error}", () => off).replace("{end}", () => end).trimStart()];
    }
    const [text, error] = write(value, Math.max(Number.isFinite(under) ? under : over, 0));
    const words = Number.isFinite(over) ? rules.orLess : rules.orMore;
    return [text, words.replace("{error}", () => error).trimStart()];
  }

  function tenths(units) {
    return units % TEN ? grouped(units, 1) : grouped(units / TEN, 0);
  }

  // The nearest multiple of a step of so many tenths, in tenths; with `up` at least one step.
  function steps(value, step, up = false) {
    const { units, exponent } = decimal(Number(value.toFixed(9)));
    const top = units * TEN ** BigInt(Math.max(exponent + 1, 0));
    const bottom = step * TEN ** BigInt(Math.max(-exponent - 1, 0));
    const count = divided(top, bottom, up);
    return (up && count < 1n ? 1n : count) * step;
  }

  // A chance: whole percents, tenths below 1 % and above 99 %.
  function chance({ value, error }) {
    if (value === null) return [rules.undefined, ""];
    const [share, off] = [value * 100, error === null ? 0 : error * 100];
    if ((share === 0 || share === 100) && error === null) return [`${share}${SPACE}%`, ""];
    const sizes = share >= 1 && share <= 99 ? [10n, 50n, 100n] : [1n, 10n, 50n, 100n];
    const step = sizes.find((size) => off <= (2 * Number(size)) / 10) ?? 100n;
    const [found, least] = [steps(share, step), steps(off, step, true)];
    if (found <= 0n) {
      return [rules.under.replace("{limit}", () => tenths(share === 0 ? least : step)), ""];
    }
    if (found >= 1000n) {
      const limit = 1000n - (share === 100 ? least : step);
      return [rules.over.replace("{limit}", () => tenths(limit)), ""];
    }
    if (error === null) return [`${tenths(found)}${SPACE}%`, ""];
    const decimals = step < TEN ? 1 : 0;
    const plain = (units) => grouped(decimals ? units : units / TEN, decimals);
    return [`${plain(found)}${SPACE}%`, "±" + plain(least)];
  }

  function ownPower(value) {
    const size = Math.abs(value);
    if (value === 0 || (size >= 1e-5 && size < 1e7)) return 0;
    const thousands = 3 * Math.floor((magnitude(value) - 1) / 3);
    const power = magnitude(value) < 0 ? 3 * Math.floor(magnitude(value) / 3) : Math.max(thousands, 0);
    return power in rules.scales ? power : magnitude(value);
  }

  // An amount by itself, without an error: three digits, and 3 % as it was said, not 3.00 %.
  function alone(value, unit = "") {
    let place = placeOf(value);
    const power = ownPower(value);
    for (let next = place + 1; value && next <= magnitude(value) + 1; next += 1) {
      const off = Math.abs(Number(`${rounded(value, next)}e${next}`) - Math.abs(value));
      if (off > NOISE * Math.abs(value)) break;
      place = next;
    }
    const name = rules.scales[power];
    const text = written(value, place, power);
    const counted = power && !name ? `${text}·10${raised(power)}` : text;
    return [counted, power && name ? name : "", unit].filter(Boolean).join(SPACE);
  }

  const value = (number, share) => (share ? alone(number * 100, "%") : alone(number));
  const count = (number) => grouped(BigInt(number), 0);
  return { amount, chance, open, value, count };
}
