// The panel: what the handles ask, the trials answer.

const FEW = 30;
const PERCENTILES = [10, 50, 90];
const SPOKEN_AFTER = 600;

class Panel {
  constructor(root) {
    const data = JSON.parse(root.querySelector("script[type='application/json']").textContent);
    this.find = (selector) => root.querySelector(selector);
    this.data = data;
    this.write = writer(data.numbers);
    this.alternatives = data.alternatives.map((told) => alternativeOf(told, data.trials));
    this.whole = { kept: new Uint8Array(data.trials).fill(1), count: data.trials };
    for (const each of this.alternatives) {
      each.whole = { ...summary(each, this.whole), ...reported(each.whole ?? {}) };
    }
    this.ranked = {
      paid: this.alternatives.filter((each) => each.ranked),
      mean: this.alternatives,
    };
    this.places = Object.fromEntries(Object.keys(this.ranked).map((by) => [
      by, this.order(by, "whole", this.whole).map((place) => place.alternative),
    ]));
    const inputs = data.inputs.map(inputOf);
    const later = () => this.later();
    this.dials = [...root.querySelectorAll("[data-control]")].map(
      (element) => new Dial(element, inputs, data.texts, this.write, later),
    );
    this.focus = this.find(".explorer-of select");
    this.focus?.addEventListener("change", later);
    this.button = this.find("button");
    this.button.addEventListener("click", () => this.reset());
    this.find(".explorer-live").hidden = false;
    new ResizeObserver(later).observe(this.find(".explorer-curve svg"));
    this.update();
  }

  // Once for each picture on the screen, however fast the handles move.
  later() {
    this.asked ??= requestAnimationFrame(() => {
      this.asked = undefined;
      this.update();
    });
  }

  reset() {
    for (const dial of this.dials) dial.reset();
    this.dials[0].low.focus({ preventScroll: true });
    this.update();
  }

  update() {
    const start = performance.now();
    this.keepApart();
    const conditions = this.dials.map((dial) => dial.condition).filter(Boolean);
    const kept = conditions.length ? keptBy(conditions, this.data.trials) : this.whole;
    const enough = kept.count >= FEW;
    for (const each of this.alternatives) {
      each.now = enough ? (conditions.length ? summary(each, kept) : each.whole) : null;
    }
    const shown = this.alternatives[Number(this.focus?.value ?? 0)];
    for (const summed of new Set([shown.whole, shown.now].filter(Boolean))) {
      for (const percent of PERCENTILES) {
        if (summed[`p${percent}`]) continue;
        summed[`p${percent}`] = percentile(summed.rising, percent);
        if (shown.certain) Object.assign(summed[`p${percent}`], { low: summed.rising[0], high: summed.rising[0] });
      }
    }
    this.button.disabled = !conditions.length;
    this.showLeft(kept.count);
    this.showAnswer(shown, kept.count, conditions.length > 0);
    this.showTable(shown);
    drawCurve(this.find(".explorer-curve svg"), shown, this.data.percents, shown.whole, shown.now);
    this.showRanking("paid", kept);
    this.showRanking("mean", kept);
    this.speak();
    performance.clearMeasures("explorer");
    performance.measure("explorer", { start });
  }

  // An input cannot be chosen twice.
  keepApart() {
    for (const [place, dial] of this.dials.entries()) {
      const other = this.dials[1 - place].select.value;
      for (const option of dial.select.options) {
        option.disabled = option.value !== "" && option.value === other;
      }
    }
  }

  showLeft(count) {
    const { texts, trials } = this.data;
    const words = filled(texts.left, {
      count: [this.write.count(count)], all: this.write.count(trials),
    });
    if (count < FEW) words.push(document.createTextNode(` ${count ? texts.few : texts.none}`));
    this.find(".explorer-left p").replaceChildren(...words);
    this.find(".explorer-left").classList.toggle("explorer-few", count < FEW);
    this.find(".explorer-results").classList.toggle("explorer-silent", count < FEW);
    this.find(".explorer-share div").style.width = `${(100 * count) / trials}%`;
  }

  showAnswer(shown, count, narrowed) {
    const answer = this.find(".explorer-answer");
    answer.hidden = !shown.now;
    if (!shown.now) return;
    const { texts, within } = this.data;
    const about = shown.whole.paid.value === null ? "loss" : "paid";
    const kind = `${narrowed ? "then" : "whole"}${about === "loss" ? "_loss" : ""}`;
    answer.replaceChildren(...filled(texts[kind], {
      alternative: isolated(shown.label),
      within,
      now: this.bracketed(shown.now[about]),
      before: this.bracketed(shown.whole[about]),
    }));
  }

  bracketed(figure) {
    const [text, error] = this.write.chance(figure);
    return [text, error && `(${error})`];
  }

  showTable(shown) {
    const amount = (value, error) => this.write.amount(this.data.scale, value, error);
    const written = {
      paid: (found) => this.write.chance(found.paid),
      never: (found) => this.write.chance(found.never),
      loss: (found) => this.write.chance(found.loss),
      mean: (found) => amount(found.mean.value, found.mean.error),
    };
    for (const percent of PERCENTILES) {
      written[`p${percent}`] = (found) => this.write.open(amount, found[`p${percent}`]);
    }
    for (const [key, figure] of Object.entries(written)) {
      const row = this.find(`[data-row=${key}]`);
      const [before, now] = row.querySelectorAll("td");
      before.replaceChildren(figureOf(figure(shown.whole), "span"));
      now.replaceChildren(...(shown.now ? [figureOf(figure(shown.now), "span")] : []));
    }
    this.find("[data-row=never] th").textContent = shown.never;
  }

  order(by, when, kept) {
    const gap = by === "mean"
      ? (one, other, trial) => one.values[trial] - other.values[trial]
      : (one, other, trial) => {
        const [a, b] = [one.payback[trial], other.payback[trial]];
        return a === 3 || b === 3 ? null : (a === 0) - (b === 0);
      };
    return rankedBy(this.ranked[by], (each) => each[when][by], gap, kept);
  }

  showRanking(by, kept) {
    const list = this.find(`[data-ranking=${by}]`);
    if (!list) return;
    const { texts, scale } = this.data;
    const places = kept.count >= FEW ? this.order(by, "now", kept) : [];
    const widths = places.map((place) => Math.abs(place.figure.value));
    const widest = by === "paid" ? 1 : Math.max(...widths, Number.MIN_VALUE);
    list.replaceChildren(...places.map(({ alternative, figure, tied }, place) => {
      const row = document.createElement("li");
      const figures = by === "paid"
        ? this.write.chance(figure)
        : this.write.amount(scale, figure.value, figure.error);
      const name = isolated(alternative.label);
      name.className = "explorer-name";
      const bar = document.createElement("div");
      bar.className = figure.value < 0 ? "explorer-bar explorer-minus" : "explorer-bar";
      bar.style.width = `${(100 * Math.abs(figure.value)) / widest}%`;
      const before = this.places[by].indexOf(alternative);
      const words = [
        before === place ? "" : texts.was.replace("{place}", () => before + 1),
        tied ? texts.tied : "",
      ].filter(Boolean);
      const note = document.createElement("span");
      note.className = "explorer-mark";
      note.textContent = words.join("; ");
      row.append(name, figureOf(figures, "span"), bar, ...(words.length ? [note] : []));
      return row;
    }));
  }

  // For those who listen: the answer, once the handles rest.
  speak() {
    clearTimeout(this.resting);
    if (this.spoken === undefined) {
      this.spoken = this.sentence();
      return;
    }
    this.resting = setTimeout(() => {
      const sentence = this.sentence();
      if (sentence === this.spoken) return;
      this.spoken = sentence;
      this.find(".explorer-spoken").textContent = sentence;
    }, SPOKEN_AFTER);
  }

  sentence() {
    const answer = this.find(".explorer-answer");
    const parts = [this.find(".explorer-left p"), ...(answer.hidden ? [] : [answer])];
    return parts.map((part) => part.textContent.trim()).join(" ");
  }
}

for (const root of document.querySelectorAll("[data-explorer]")) new Panel(root);
