// The S-curve: over all trials thin, over those left thick.

const POINTS = 240;

function drawn(name, attributes, text) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

// The chance of at most each value, as a path of some hundred points.
function curvePath(rising, across, down) {
  const count = rising.length;
  const points = Math.min(count, POINTS);
  let path = `M${across(rising[0]).toFixed(1)},${down(0).toFixed(1)}`;
  for (let point = 0; point < points; point += 1) {
    const place = points > 1 ? Math.round((point * (count - 1)) / (points - 1)) : 0;
    path += `L${across(rising[place]).toFixed(1)},${down((place + 1) / count).toFixed(1)}`;
  }
  return path;
}

function drawCurve(svg, alternative, percents, whole, now) {
  const [width, height] = [svg.clientWidth || 480, svg.clientHeight || 280];
  const [left, right, top, bottom] = [50, width - 14, 10, height - 26];
  const [low, high] = alternative.shown;
  // Far outside the picture is as good as outside, and no number grows too large to be drawn.
  const across = (value) => {
    const place = left + ((value - low) / (high - low)) * (right - left);
    return Math.min(Math.max(place, left - 2 * width), right + 2 * width);
  };
  const down = (chance) => bottom - chance * (bottom - top);
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const parts = [];
  for (const [place, text] of percents.entries()) {
    const at = down(place / (percents.length - 1));
    parts.push(drawn("line", { class: "grid", x1: left, x2: right, y1: at, y2: at }));
    parts.push(drawn("text", { x: left - 6, y: at + 4, "text-anchor": "end" }, text));
  }
  for (const [value, text] of alternative.ticks) {
    const at = across(value);
    const kind = value === 0 ? "zero" : "grid";
    parts.push(drawn("line", { class: kind, x1: at, x2: at, y1: top, y2: bottom }));
    const anchor = at > right - 12 ? "end" : "middle";
    const edge = anchor === "end" ? right + 12 : at;
    parts.push(drawn("text", { x: edge, y: bottom + 18, "text-anchor": anchor }, text));
  }
  const clip = drawn("clipPath", { id: "explorer-curve-clip" });
  clip.append(drawn("rect", { x: left, y: top - 4, width: right - left, height: bottom - top + 8 }));
  const inside = drawn("g", { "clip-path": "url(#explorer-curve-clip)" });
  inside.append(drawn("path", { class: "thin", d: curvePath(whole.rising, across, down) }));
  if (now) {
    inside.append(drawn("path", { class: "thick", d: curvePath(now.rising, across, down) }));
    for (const percent of PERCENTILES) {
      const at = { cx: across(now[`p${percent}`].value), cy: down(percent / 100), r: 4 };
      inside.append(drawn("circle", at));
    }
  }
  svg.replaceChildren(clip, ...parts, inside);
}
