// One input with its handles: a range of values, or a narrow window about one value.

const BARS = 48;

// Fills the {places} of a text; a value may be a text, [figure, error], or an element.
function filled(template, values) {
  return template.split(/(\{\w+\})/).filter(Boolean).map((part) => {
    const key = /^\{(\w+)\}$/.exec(part)?.[1];
    if (key === undefined || !(key in values)) return document.createTextNode(part);
    const value = values[key];
    if (value instanceof Node) return value;
    if (!Array.isArray(value)) return document.createTextNode(value);
    return figureOf(value);
  });
}

function isolated(text) {
  const element = document.createElement("bdi");
  element.textContent = text;
  return element;
}

function figureOf([text, error], name = "strong") {
  const element = document.createElement(name);
  element.textContent = text;
  if (!error) return element;
  const small = document.createElement("span");
  small.className = "explorer-error";
  small.textContent = `\u00a0${error}`;
  element.append(small);
  return element;
}

class Dial {
  constructor(element, inputs, texts, write, changed) {
    Object.assign(this, { element, inputs, texts, write, changed });
    const find = (selector) => element.querySelector(selector);
    this.select = find("select");
    this.modes = [...element.querySelectorAll("[type=radio]")];
    [this.low, this.high] = [find(".explorer-low"), find(".explorer-high")];
    this.strip = find(".explorer-strip");
    this.bar = find(".explorer-track div");
    this.select.addEventListener("change", () => { this.choose(); changed(); });
    for (const mode of this.modes) {
      mode.addEventListener("change", () => { this.turn(); changed(); });
    }
    this.low.addEventListener("input", () => this.moved(this.low));
    this.high.addEventListener("input", () => this.moved(this.high));
    this.strip.addEventListener("pointerdown", (event) => this.grab(event));
    this.choose();
  }

  get input() {
    return this.select.value === "" ? null : this.inputs[Number(this.select.value)];
  }

  get near() {
    return this.modes.some((mode) => mode.checked && mode.value === "near");
  }

  get last() {
    return this.input.texts.length - 1;
  }

  get ends() {
    return [Number(this.low.value), Number(this.high.value)];
  }

  // The ranks that count; null where nothing is narrowed.
  get condition() {
    const input = this.input;
    if (!input) return null;
    const [low, high] = this.ends;
    if (this.near) {
      const [from, to] = nearest(input, low);
      return { ranks: input.ranks, from, to };
    }
    if (low === 0 && high === this.last) return null;
    const from = low === 0 ? 0 : input.below[low];
    const to = high === this.last ? input.ranks.length : input.upto[high];
    return { ranks: input.ranks, from, to };
  }

  choose() {
    this.element.classList.toggle("explorer-unused", !this.input);
    this.modes[0].checked = true;
    if (this.input) this.draw();
    this.turn();
  }

  // All trials count again.
  reset() {
    this.modes[0].checked = true;
    this.turn();
  }

  // From a range to one value or back: the handles start where nothing is lost.
  turn() {
    if (!this.input) return;
    for (const handle of [this.low, this.high]) handle.max = this.last;
    const half = this.input.ranks.length / 2;
    const median = this.input.upto.findIndex((count) => count >= half);
    this.low.value = this.near ? Math.max(median, 0) : 0;
    this.high.value = this.last;
    this.high.hidden = this.near;
    this.show();
  }

  moved(handle) {
    const [low, high] = this.ends;
    if (!this.near && low > high) handle.value = handle === this.low ? high : low;
    this.show();
    this.changed();
  }

  // A press beside the handles takes the nearest one along.
  grab(event) {
    if (event.target instanceof HTMLInputElement || event.button !== 0) return;
    const { left, width } = this.strip.getBoundingClientRect();
    const stop = (at) =>
      Math.round(Math.min(Math.max((at - left) / width, 0), 1) * this.last);
    const at = stop(event.clientX);
    const [low, high] = this.ends;
    const lower = this.near || at < low || (at <= high && at - low < high - at);
    const handle = lower ? this.low : this.high;
    const follow = (moved) => {
      handle.value = stop(moved.clientX);
      this.moved(handle);
    };
    event.preventDefault();
    handle.focus({ preventScroll: true });
    follow(event);
    this.strip.setPointerCapture(event.pointerId);
    this.strip.addEventListener("pointermove", follow);
    const over = () => this.strip.removeEventListener("pointermove", follow);
    this.strip.addEventListener("pointerup", over, { once: true });
    this.strip.addEventListener("pointercancel", over, { once: true });
  }

  // The values from which to which trials count, as texts; null for an end without a limit.
  get said() {
    const { input } = this;
    const [low, high] = this.ends;
    if (!this.near) {
      return [low === 0 ? null : input.texts[low], high === this.last ? null : input.texts[high]];
    }
    const { from, to } = this.condition;
    return [from, to - 1].map((rank) => this.write.value(this.valueAt(rank), input.share));
  }

  // The value of a rank, between those of the table.
  valueAt(rank) {
    const { quantiles, ranks } = this.input;
    const place = (rank / (ranks.length - 1)) * (quantiles.length - 1);
    const before = Math.min(Math.floor(place), quantiles.length - 2);
    return quantiles[before] + (quantiles[before + 1] - quantiles[before]) * (place - before);
  }

  get question() {
    const [low, high] = this.said;
    const value = this.input.texts[this.ends[0]];
    const kind = this.happening ?? this.kindOf(low, high);
    return [this.texts[kind], { input: isolated(this.input.label), low: [low], high: [high], value: [value] }];
  }

  // Of an event, or of yes and no: whether it happens, where that is what is asked.
  get happening() {
    const { input } = this;
    if (!input.happens) return undefined;
    const { from, to } = this.condition ?? { from: 0, to: input.ranks.length };
    const zeros = input.upto[0];
    if (to <= zeros) return "happens_not";
    return this.last === 1 && from >= zeros ? "happens" : undefined;
  }

  kindOf(low, high) {
    let kind = "between";
    if (this.near) kind = low === high ? "exactly" : "near";
    else if (low === null && high === null) kind = "anything";
    else if (high === null) kind = "at_least";
    else if (low === null) kind = "at_most";
    return kind;
  }

  show() {
    const { input, last } = this;
    const [low, high] = this.ends;
    this.element.querySelector(".explorer-question").replaceChildren(...filled(...this.question));
    const [from, to] = this.near ? this.window : [low / last, high / last];
    this.bar.style.left = `${100 * from}%`;
    this.bar.style.right = `${100 * (1 - to)}%`;
    const margin = 0.45 / last; // what stands by itself is in or out as a whole
    this.clip.setAttribute("x", (from - margin) * 100);
    this.clip.setAttribute("width", (to - from + 2 * margin) * 100);
    this.low.style.zIndex = low > last / 2 ? 3 : 2;
    const name = (text) => text.replace("{input}", () => input.label);
    this.low.setAttribute("aria-label", name(this.near ? this.texts.near_handle : this.texts.low_handle));
    this.high.setAttribute("aria-label", name(this.texts.high_handle));
    const word = (text) => [text, input.share ? "" : input.unit].filter(Boolean).join(" ");
    const free = low === 0 && !this.near;
    this.low.setAttribute("aria-valuetext", free ? this.texts.no_low : word(input.texts[low]));
    this.high.setAttribute("aria-valuetext", high === last ? this.texts.no_high : word(input.texts[high]));
  }

  // The window about one value, as shares of the line.
  get window() {
    const { from, to } = this.condition;
    const { below, upto } = this.input;
    const first = below.findLastIndex((count) => count <= from);
    const last = upto.findIndex((count) => count >= to);
    return [Math.max(first, 0) / this.last, (last < 0 ? this.last : last) / this.last];
  }

  // The distribution, small: bars of the trials between the stops; a value that many trials share
  // stands by itself.
  draw() {
    const { input, last } = this;
    const at = Array.from(input.upto, (upto, stop) => upto - input.below[stop]);
    const single = at.reduce((sum, count) => sum + count, 0) === input.ranks.length;
    const alone = (count) => single || count >= input.ranks.length / 100;
    const half = Math.min(0.4, 0.05 * last); // few values: slim bars, within the frame
    const size = Math.ceil(last / BARS);
    const between = new Array(Math.ceil(last / size)).fill(0);
    const bars = [];
    for (let stop = 0; stop <= last; stop += 1) {
      const next = stop < last ? input.below[stop + 1] : input.upto[last];
      if (alone(at[stop])) bars.push({ left: stop - half, width: 2 * half, count: at[stop] });
      const rest = next - input.below[stop] - (alone(at[stop]) ? at[stop] : 0);
      between[Math.min(Math.floor(stop / size), between.length - 1)] += rest;
    }
    for (const [bar, count] of between.entries()) {
      const width = Math.min(size, last - bar * size);
      bars.push({ left: bar * size + 0.06 * size, width: width - 0.12 * size, count });
    }
    const [most, second] = bars.map((bar) => bar.count).sort((a, b) => b - a);
    const full = second && !single ? Math.min(most, 3 * second) : most;
    const path = bars.filter((bar) => bar.count).map(({ left, width, count }) => {
      const across = `h${(100 * width) / last}`;
      const start = `M${(100 * left) / last},`;
      const height = Math.max((28 * count) / full, 0.8);
      if (count <= full) return `${start}30v${-height}${across}v${height}z`;
      // Higher than there is room for: broken aslant, as an axis is.
      const wide = `l${(100 * width) / last}`;
      return `${start}30v-18${wide},-3v21z${start}10v-8${across}v5z`;
    }).join("");
    const svg = this.strip.querySelector("svg");
    svg.setAttribute("viewBox", "0 0 100 30");
    svg.setAttribute("preserveAspectRatio", "none");
    const id = `explorer-clip-${this.element.dataset.control}`;
    const clip = drawn("clipPath", { id });
    this.clip = drawn("rect", { x: 0, y: 0, width: 100, height: 30 });
    clip.append(this.clip);
    svg.replaceChildren(
      clip,
      drawn("path", { class: "outside", d: path }),
      drawn("path", { class: "inside", d: path, "clip-path": `url(#${id})` }),
    );
    const [left, unit, right] = this.element.querySelector(".explorer-ends").children;
    [left.textContent, right.textContent] = [input.texts[0], input.texts[last]];
    unit.textContent = input.unit;
  }
}
