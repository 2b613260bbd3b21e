// Moves and zooms the drawing of relations, and lets arrow keys lead from node to node.
// The drawing is complete without it: it stands in a box that scrolls, and its nodes are links.

const STEP = 80;
const LEAST = 0.1;
const MOST = 3;

for (const frame of document.querySelectorAll("[data-graph]")) start(frame);

function start(frame) {
  const box = frame.querySelector(".graph-box");
  const svg = frame.querySelector("svg.graph");
  const tools = frame.querySelector(".graph-tools");
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const nodes = [...svg.querySelectorAll("a.node")];
  const places = nodes.map((node) => {
    const { x, y, width, height } = node.getBBox();
    const { e, f } = node.parentNode.transform.baseVal.consolidate().matrix;
    return { x: e + x + width / 2, y: f + y + height / 2 };
  });
  // The middle of what is seen, and how large it is shown.
  let view = { x: width / 2, y: height / 2, scale: 1 };
  let waiting = 0;

  frame.dataset.live = "";
  tools.hidden = false;
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  // As high as the drawing needs, but the page still shows.
  box.style.blockSize = `${Math.max(240, Math.min(height + 16, innerHeight * 0.68, 760))}px`;

  const draw = () => {
    waiting = 0;
    const w = box.clientWidth / view.scale;
    const h = box.clientHeight / view.scale;
    svg.setAttribute("viewBox", `${view.x - w / 2} ${view.y - h / 2} ${w} ${h}`);
  };
  const look = (x, y, scale = view.scale) => {
    // A part of the drawing is always in sight.
    const within = (at, most) => Math.min(Math.max(at, 0), most);
    view = { x: within(x, width), y: within(y, height), scale: Math.min(Math.max(scale, LEAST), MOST) };
    waiting ||= requestAnimationFrame(draw);
  };
  const fitting = () => Math.min(1, box.clientWidth / width, box.clientHeight / height);
  const fit = () => look(width / 2, height / 2, fitting());
  const pan = (x, y) => look(view.x + (x * STEP) / view.scale, view.y + (y * STEP) / view.scale);
  // What is at a place of the box stays there.
  const zoom = (by, x = box.clientWidth / 2, y = box.clientHeight / 2) => {
    const scale = Math.min(Math.max(view.scale * by, LEAST), MOST);
    const shift = 1 / view.scale - 1 / scale;
    look(view.x + (x - box.clientWidth / 2) * shift, view.y + (y - box.clientHeight / 2) * shift, scale);
  };

  // Small drawings are shown whole, large ones around what they are about.
  const root = Math.max(0, nodes.findIndex((node) => node.classList.contains("root")));
  if (fitting() >= 0.6 || !places.length) fit();
  else look(places[root].x, places[root].y, 0.9);
  new ResizeObserver(() => look(view.x, view.y)).observe(box);

  const actions = {
    in: () => zoom(1.25),
    out: () => zoom(0.8),
    fit,
    left: () => pan(-1, 0),
    right: () => pan(1, 0),
    up: () => pan(0, -1),
    down: () => pan(0, 1),
  };
  tools.addEventListener("click", ({ target }) => actions[target.closest("[data-do]")?.dataset.do]?.());

  box.addEventListener(
    "wheel",
    (event) => {
      // Without the key the page scrolls, as it does everywhere.
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { left, top } = box.getBoundingClientRect();
      zoom(Math.exp(-event.deltaY / 300), event.clientX - left, event.clientY - top);
    },
    { passive: false },
  );

  /* Dragging; with two fingers, zooming */

  const fingers = new Map();
  let moved = 0;
  const spread = () => {
    const [a, b] = [...fingers.values()];
    return Math.hypot(a.x - b.x, a.y - b.y);
  };
  box.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    if (!fingers.size) moved = 0;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  box.addEventListener("pointermove", (event) => {
    const last = fingers.get(event.pointerId);
    if (!last) return;
    const before = fingers.size === 2 && spread();
    const [x, y] = [event.clientX - last.x, event.clientY - last.y];
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    moved += Math.abs(x) + Math.abs(y);
    if (moved < 4) return;
    if (!box.hasPointerCapture(event.pointerId)) box.setPointerCapture(event.pointerId);
    box.dataset.drag = "";
    if (before) zoom(spread() / before);
    else look(view.x - x / view.scale, view.y - y / view.scale);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    box.addEventListener(end, (event) => {
      fingers.delete(event.pointerId);
      if (fingers.size) return;
      delete box.dataset.drag;
      // A click comes at once, or not at all.
      setTimeout(() => (moved = 0));
    });
  }
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  box.addEventListener(
    "click",
    (event) => {
      // The end of a drag is no click on what happens to be below.
      if (moved >= 4) event.preventDefault();
    },
    { capture: true },
  );

  /* Keys */

  // The nearest node in a direction; what is beside the way counts as farther.
  const next = (from, x, y) => {
    let best = -1;
    let least = Infinity;
    places.forEach((place, at) => {
      const along = (place.x - places[from].x) * x + (place.y - places[from].y) * y;
      const beside = Math.abs((place.x - places[from].x) * y) + Math.abs((place.y - places[from].y) * x);
      if (along > 1 && along + 2 * beside < least) {
        least = along + 2 * beside;
        best = at;
      }
    });
    return best;
  };
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  box.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey) return;
    const at = nodes.indexOf(document.activeElement);
    const arrow = arrows[key];
    if (arrow && at >= 0) nodes[next(at, ...arrow)]?.focus({ preventScroll: true });
    else if (arrow) pan(...arrow);
    else if (key === "+" || key === "=") zoom(1.25);
    else if (key === "-") zoom(0.8);
    else if (key === "0") fit();
    else return;
    event.preventDefault();
  });
  svg.addEventListener("focusin", ({ target }) => {
    const at = nodes.indexOf(target);
    if (at < 0) return;
    // The box may have scrolled to it on its own.
    box.scrollTo(0, 0);
    const { x, y } = places[at];
    const w = box.clientWidth / view.scale / 2 - 120;
    const h = box.clientHeight / view.scale / 2 - 40;
    if (Math.abs(x - view.x) > w || Math.abs(y - view.y) > h) look(x, y);
  });
}
