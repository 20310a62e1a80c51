// What makes the page quicker for a keyboard; everything works without it.
"use strict";
(() => {
  const root = document.documentElement;
  const body = document.body;
  root.classList.add("js");

  const rows = [...document.querySelectorAll(".row")];
  let here = -1;

  const memory = {
    get: (key) => { try { return sessionStorage.getItem(key); } catch { return null; } },
    set: (key, value) => { try { sessionStorage.setItem(key, value); } catch { /* private mode */ } },
  };

  function go(index) {
    if (!rows.length) return;
    rows[here]?.classList.remove("here");
    here = Math.max(0, Math.min(index, rows.length - 1));
    rows[here].classList.add("here");
    rows[here].querySelector("a.who").focus({ preventScroll: true });
    rows[here].scrollIntoView({ block: "nearest" });
    keep();
  }

  // Where one is in each list: going back to it leads there, also after walking on from mention
  // to mention. After an action the next mention has moved up to where the last one was.
  const asked = new URLSearchParams(location.search);
  const hasActed = asked.has("did");
  const shown = ["of", "on", "post_id"].map((name) => asked.get(name)).join(" ");
  ["did", "seen"].forEach((name) => asked.delete(name));
  if (hasActed) history.replaceState(history.state, "", `?${asked}`);
  ["of", "on", "post_id"].forEach((name) => asked.delete(name));
  if (asked.get("list") === "open") asked.delete("list");
  [...asked].forEach(([name, value]) => { if (!value) asked.delete(name); });
  asked.sort();
  const spot = `desk-here ${asked}`;

  function nameOf(row) {
    const link = new URL(row.querySelector("a.who").href).searchParams;
    return ["of", "on", "post_id"].map((name) => link.get(name)).join(" ");
  }
  function keep() {
    memory.set(spot, JSON.stringify([nameOf(rows[here]), here]));
  }
  function comeBack() {
    const [name, index] = JSON.parse(memory.get(spot) ?? "[]");
    if (name === undefined) return;
    const found = rows.findIndex((row) => nameOf(row) === name);
    go(found >= 0 ? found : index);
  }
  const isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  if (rows.length && (hasActed || isBack || /\/mention\?/.test(document.referrer))) comeBack();
  if (document.querySelector("main.mention")) {
    const [, index] = JSON.parse(memory.get(spot) ?? "[]");
    memory.set(spot, JSON.stringify([shown, index ?? 0]));
  }
  rows.forEach((row, index) => row.addEventListener("focusin", () => {
    rows[here]?.classList.remove("here");
    here = index;
    row.classList.add("here");
    keep();
  }));

  function press(key, place = rows.length ? rows[here] : document) {
    const target = place?.querySelector(`[data-key="${key}"]`);
    if (!target) return false;
    if (target.matches("button, a")) target.click();
    else { target.focus(); target.scrollIntoView({ block: "center" }); }
    return true;
  }

  function help() {
    document.getElementById("keys")?.showModal();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, dialog")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    let done = true;
    if (event.key === "?") help();
    else if (rows.length && event.key === "j") go(here + 1);
    else if (rows.length && event.key === "k") go(here - 1);
    else if (rows.length && event.key === "n") rows[here]?.querySelector("a.who").click();
    else if (event.key === "z") done = press("z", document);
    else if ("jknasdu".includes(event.key)) done = press(event.key);
    else done = false;
    if (done) event.preventDefault();
  });

  // Ctrl+Enter sends a note.
  document.querySelectorAll("textarea").forEach((area) => area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      area.form.requestSubmit(area.form.querySelector("button"));
    }
  }));

  document.querySelectorAll("[data-help]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", help);
  });

  document.querySelectorAll(".filters select").forEach((select) =>
    select.addEventListener("change", () => select.form.requestSubmit()));

  // An exact moment is asked for only where it is chosen.
  document.querySelectorAll("select[name=until]").forEach((select) => {
    const exact = select.form.querySelector(".at");
    const ask = () => exact.classList.toggle("asked", select.value === "at");
    select.addEventListener("change", ask);
    ask();
  });

  // One click is one action.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => {
    delete form.dataset.sent;
  }));

  // A frame without leave to open windows (Airflow's) lets the page around it open them.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[target=_blank]");
    if (!link || window.parent === window || !/^https?:$/.test(link.protocol)) return;
    try {
      const outside = window.parent.document.createElement("a");
      Object.assign(outside, { href: link.href, target: "_blank", rel: "noopener noreferrer" });
      outside.click();
      event.preventDefault();
    } catch { /* another origin: the browser decides */ }
  });

  // Say so when others have done something since this page was made.
  const known = Number(body.dataset.seq ?? "NaN");
  const notice = document.getElementById("changed");
  async function look() {
    if (document.hidden || Number.isNaN(known) || !notice.hidden) return;
    try {
      const answer = await fetch(`${body.dataset.base}/pulse`, { headers: { Accept: "application/json" } });
      if (answer.ok && (await answer.json()).seq > known) notice.hidden = false;
    } catch { /* offline: the next look will tell */ }
  }
  if (notice) {
    setInterval(look, 15000);
    document.addEventListener("visibilitychange", look);
  }
})();
