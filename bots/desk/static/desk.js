"use strict";

// What plain HTML cannot do: hear that something changed, keep the log at its end, show where a fact was said.

const QUIET_MS = 300; // a burst of changes is one refresh
const REST_MS = { table: 2000, talk: 500 }; // and a busy day no more than one in so long

function listen() {
  const wanted = document.body.dataset.live;
  if (!wanted || !window.EventSource) return;
  let source = null;
  let timer = 0;
  const rest = wanted === "all" ? REST_MS.table : REST_MS.talk;
  let last = -rest;

  const refresh = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (document.querySelector(".cell.editing")) {
        refresh();
        return;
      }
      last = performance.now();
      document.body.dispatchEvent(new CustomEvent("deskchanged"));
    }, Math.max(QUIET_MS, last + rest - performance.now()));
  };
  const open = () => {
    source = new EventSource("/desk/events");
    source.addEventListener("changed", (event) => {
      const changed = String(JSON.parse(event.data).conversation);
      if (wanted === "all" || wanted === changed) refresh();
    });
    source.addEventListener("open", () => document.body.classList.add("is-live"));
    source.addEventListener("error", () => document.body.classList.remove("is-live"));
  };
  // A hidden tab gives its connection back: browsers allow only a handful to one server.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      source.close();
    } else if (source.readyState === EventSource.CLOSED) {
      open();
      refresh();
    }
  });
  open();
}

// On a phone the page itself scrolls, elsewhere the log inside it.
function scrollsInside(log) {
  return getComputedStyle(log).overflowY !== "visible";
}

function isAtEnd(log) {
  if (scrollsInside(log)) return log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  return document.getElementById("end").getBoundingClientRect().top < innerHeight + 80;
}

function goToEnd(log) {
  if (scrollsInside(log)) log.scrollTop = log.scrollHeight;
  else document.getElementById("end").scrollIntoView({ block: "end" });
}

function followLog() {
  const log = () => document.getElementById("log");
  let follows = false;
  // Whoever takes a talk over or writes in it wants to see its end.
  document.addEventListener("htmx:before:swap", (event) => {
    const form = event.detail.ctx.sourceElement;
    follows = Boolean(log()) && (isAtEnd(log()) || Boolean(form && form.dataset.newest));
  });
  document.addEventListener("htmx:after:swap", () => {
    if (log() && follows) goToEnd(log());
  });
  if (log() && !location.hash.startsWith("#w-") && !location.hash.startsWith("#m-")) goToEnd(log());
}

// Whoever works in another tab sees how many customers wait.
function tellWaiting() {
  const title = document.title;
  const tell = () => {
    const waiting = document.querySelector(".urgent .count");
    document.title = waiting ? `(${waiting.textContent}) ${title}` : title;
  };
  document.addEventListener("htmx:after:swap", tell);
  tell();
}

function showWitness() {
  const light = (event, on) => {
    const fact = event.target.closest && event.target.closest("[data-fact]");
    if (!fact) return;
    for (const mark of document.querySelectorAll("mark[data-facts]")) {
      const proves = mark.dataset.facts.split(" ").includes(fact.dataset.fact);
      mark.classList.toggle("lit", on && proves);
    }
  };
  for (const name of ["mouseover", "focusin"]) document.addEventListener(name, (event) => light(event, true));
  for (const name of ["mouseout", "focusout"]) document.addEventListener(name, (event) => light(event, false));

  const point = () => {
    const id = location.hash.startsWith("#w-") ? location.hash.slice(3) : "";
    for (const mark of document.querySelectorAll("mark[data-facts]")) {
      mark.classList.toggle("shown", Boolean(id) && mark.dataset.facts.split(" ").includes(id));
    }
  };
  window.addEventListener("hashchange", point);
  document.addEventListener("htmx:after:swap", point);
  point();
}

function easeForms() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.id === "reply-text") {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
    if (event.key === "Escape" && event.target.closest(".cell-form")) {
      event.target.closest(".cell-form").querySelector(".cancel").click();
    }
  });
  document.addEventListener("htmx:after:request", (event) => {
    const context = event.detail.ctx;
    const form = context.sourceElement;
    if (!form.dataset.clear || !context.response || !context.response.raw.ok) return;
    document.getElementById(form.id).reset();
    document.getElementById("notices").replaceChildren();
  });
}

// Windows run out without any news from the server. Its clock counts, not this machine's.
function countDown() {
  const ahead = Date.parse(document.body.dataset.now) - Date.now();
  const units = document.body.dataset.units.split("|");
  const say = (ms) => {
    const minutes = Math.floor(ms / 60000);
    if (minutes < 1) return `< 1 ${units[2]}`;
    const days = Math.floor(minutes / 1440);
    const parts = [days, Math.floor((minutes % 1440) / 60), days ? 0 : minutes % 60];
    return parts.map((number, place) => number && `${number} ${units[place]}`).filter(Boolean).join(" ");
  };
  const tell = () => {
    let isOver = false;
    for (const left of document.querySelectorAll("time.left")) {
      const ms = Date.parse(left.dateTime) - Date.now() - ahead;
      isOver = isOver || ms <= 0;
      if (ms > 0) left.textContent = say(ms);
      left.classList.toggle("soon", ms < 3600000);
    }
    return isOver;
  };
  setInterval(() => {
    if (tell()) document.body.dispatchEvent(new CustomEvent("deskchanged"));
  }, 10000);
  document.addEventListener("htmx:after:swap", tell);
  tell();
}

// On a phone the filters would push the leads off the screen.
function foldFilters() {
  const filters = document.querySelector(".more-filters");
  if (filters && matchMedia("(max-width: 720px)").matches && !filters.querySelector(".count")) filters.open = false;
}

foldFilters();
listen();
followLog();
tellWaiting();
showWitness();
easeForms();
countDown();
