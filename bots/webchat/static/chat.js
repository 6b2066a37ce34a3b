"use strict";

// A small chat: tells the server what was typed, shows what the server has. The server's list is the truth.

const API = "/api/v1/webchat";
const LISTENING_MS = 20000; // a look now and then, should a word get lost on the way
const ASKING_MS = 1000; // without server-sent events
const PATIENCE_MS = 30000; // how long "typing" is shown without an answer
const LONGEST_LINK = 44; // characters; longer ones are shown by their ends
const DRAFT = "draft";
const LINK = /https?:\/\/[^\s<>"']+/g;

const chat = document.getElementById("chat");
const log = document.getElementById("log");
const list = document.getElementById("messages");
const typing = document.getElementById("typing");
const offline = document.getElementById("offline");
const form = document.getElementById("form");
const field = document.getElementById("text");
const starters = document.getElementById("starters");
const language = document.documentElement.lang;

let visitor = "";
// Sent before the page was ready to send.
let hasty = false;
let last = 0; // the largest id that was shown
let asking = null;
let askAgain = false;
let timer = 0;
let patience = 0;
let events = null;
let day = new Date().toDateString(); // of the newest message; today needs no line
let personSpeaks = false; // the newest reply is a person's, and people do not type at once
const onTheWay = new Set();
const unsent = new Map(); // what did not arrive, by the place where it is shown

async function call(path, body) {
  const options = body === undefined ? {} : {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  const answer = await fetch(API + path, options);
  if (!answer.ok) throw Object.assign(new Error(answer.statusText), { status: answer.status });
  return answer.json();
}

// Showing

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function shortened(address) {
  if (address.length <= LONGEST_LINK) return address;
  const bare = address.replace(/^https?:\/\//, "");
  const host = bare.split("/")[0];
  const end = bare.split("/").pop();
  return host.length + end.length + 3 <= LONGEST_LINK ? `${host}/…/${end}` : `${bare.slice(0, LONGEST_LINK - 1)}…`;
}

function link(address, title) {
  const made = element("a", "", title || shortened(address));
  if (!title) made.title = address;
  made.href = address;
  made.target = "_blank";
  made.rel = "noopener noreferrer nofollow";
  return made;
}

function fillWithText(bubble, text) {
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const address = match[0].replace(/[.,:;!?)\]}»”]+$/, "");
    bubble.append(text.slice(end, match.index), link(address));
    end = match.index + address.length;
  }
  bubble.append(text.slice(end));
}

function timeOf(at) {
  return (at ? new Date(at) : new Date()).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
}

function showDay(at) {
  const date = at ? new Date(at) : new Date();
  if (date.toDateString() === day) return;
  day = date.toDateString();
  const isToday = day === new Date().toDateString();
  const name = isToday ? chat.dataset.today : date.toLocaleDateString(language, { day: "numeric", month: "long" });
  list.append(element("li", "day", name));
}

function isAddress(url) {
  return typeof url === "string" && /^https?:\/\//.test(url);
}

function show(message) {
  const follows = isAtEnd();
  showDay(message.at);
  if (message.direction === "out") personSpeaks = message.role === "operator";
  const item = element("li", `message ${message.direction} ${message.role || ""}`);
  const author = message.direction === "in" ? "you" : message.role === "operator" ? "operator" : "bot";
  item.append(element("span", "hidden", `${chat.dataset[author]}:`));
  const bubble = element("div", "bubble");
  fillWithText(bubble, message.text);
  for (const file of message.attachments || []) {
    const line = element("div");
    if (isAddress(file.url)) line.append(link(file.url, file.title));
    else line.textContent = file.title || "";
    bubble.append(line);
  }
  item.append(bubble);
  const foot = element("p", "foot");
  if (author === "operator") foot.append(`${chat.dataset.operator} · `);
  if (message.at) {
    const time = element("time", "", timeOf(message.at));
    time.dateTime = message.at;
    foot.append(time);
  }
  item.append(foot);
  for (const old of list.querySelectorAll(".answers")) old.remove();
  if (message.buttons && message.buttons.length) item.append(answers(message.buttons));
  list.append(item);
  welcome(false);
  if (follows) goToEnd();
  return item;
}

function answers(buttons) {
  const group = element("div", "answers");
  for (const button of buttons) {
    const made = element("button", "", button.title);
    made.type = "button";
    made.addEventListener("click", () => {
      group.remove();
      say(button.title, button.data);
      field.focus();
    });
    group.append(made);
  }
  return group;
}

// The greeting and the first questions, while nothing has been said.
function welcome(on) {
  starters.hidden = !on;
  chat.classList.toggle("fresh", on);
}

function isAtEnd() {
  return log.scrollHeight - log.scrollTop - log.clientHeight < 120;
}

function goToEnd() {
  log.scrollTop = log.scrollHeight;
}

function showTyping(on) {
  clearTimeout(patience);
  const follows = isAtEnd();
  typing.hidden = !on || personSpeaks;
  if (on) patience = setTimeout(() => showTyping(false), PATIENCE_MS);
  if (on && follows) goToEnd();
}

// Saying

function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function say(text, button) {
  const said = { text, id: newId() };
  if (button) said.button = button;
  const item = show({ direction: "in", text });
  goToEnd();
  deliver(said, item);
}

async function deliver(said, item) {
  const foot = item.querySelector(".foot");
  unsent.delete(item);
  item.classList.remove("failed");
  item.classList.add("pending");
  foot.textContent = chat.dataset.sending;
  showTyping(true);
  const sending = call(`/${visitor}/messages`, said);
  onTheWay.add(sending);
  try {
    const { message_id: id } = await sending;
    if (id) item.dataset.id = id;
    item.classList.remove("pending");
    foot.textContent = timeOf();
  } catch (error) {
    showTyping(false);
    await complain(error, said, item, foot);
  } finally {
    onTheWay.delete(sending);
    ask();
  }
}

async function complain(error, said, item, foot) {
  item.classList.replace("pending", "failed");
  if (error.status === 422) {
    foot.textContent = chat.dataset.tooLong;
    return;
  }
  if (error.status === 403) await begin(); // the cookie is gone: the server gives a new one
  const again = element("button", "", chat.dataset.again);
  again.type = "button";
  again.addEventListener("click", () => deliver(said, item));
  unsent.set(item, said);
  foot.replaceChildren(`${chat.dataset.failed} `, again);
}

// Hearing

async function ask() {
  if (asking) {
    askAgain = true;
    return;
  }
  clearTimeout(timer);
  asking = fetchNew();
  try {
    await asking;
    if (!offline.hidden) resend();
    offline.hidden = true;
  } catch {
    offline.hidden = false;
  }
  asking = null;
  const mustAsk = !events || events.readyState === EventSource.CLOSED;
  timer = setTimeout(ask, askAgain ? 0 : !offline.hidden || mustAsk ? ASKING_MS : LISTENING_MS);
  askAgain = false;
}

// The connection is back: what waits goes out in its order; the server keeps each id once.
async function resend() {
  for (const [item, said] of [...unsent]) await deliver(said, item);
}

async function fetchNew() {
  // What we just said gets its id from the answer to saying it; until then it cannot be told from news.
  await Promise.allSettled([...onTheWay]);
  const { messages } = await call(`/${visitor}/messages?after=${last}`);
  for (const message of messages) {
    last = Math.max(last, message.id);
    if (list.querySelector(`[data-id="${message.id}"]`)) continue;
    if (message.direction === "out") showTyping(false);
    if (message.direction === "in" && /^\/start\b/.test(message.text)) continue; // a door opened, not words
    const item = findStuck(message) || show(message);
    item.dataset.id = message.id;
  }
}

// One of ours whose answer was lost: the server has it after all.
function findStuck(message) {
  if (message.direction !== "in") return null;
  for (const item of list.querySelectorAll(".message.failed:not([data-id])")) {
    if (item.querySelector(".bubble").textContent !== message.text) continue;
    unsent.delete(item);
    item.classList.remove("failed");
    item.querySelector(".foot").textContent = timeOf(message.at);
    return item;
  }
  return null;
}

async function begin() {
  visitor = (await call("/visitors", {})).visitor;
  if (!window.EventSource) return;
  if (events) events.close();
  events = new EventSource(`${API}/${visitor}/events`);
  events.addEventListener("changed", ask);
}

async function start() {
  try {
    await begin();
    offline.hidden = true;
  } catch {
    offline.hidden = false;
    setTimeout(start, 2 * ASKING_MS);
    return;
  }
  await ask();
  if (offline.hidden) welcome(list.children.length === 0);
  awaitReply();
  goToEnd();
  enterByLink();
  if (hasty) {
    hasty = false;
    form.requestSubmit();
  }
}

// A reload in mid-question: the reply is still on its way.
function awaitReply() {
  const newest = list.querySelector(".message:last-child.in time");
  if (newest && Date.now() - Date.parse(newest.dateTime) < PATIENCE_MS) showTyping(true);
}

// Typing

function keepDraft() {
  try {
    sessionStorage.setItem(DRAFT, field.value);
  } catch {
    // a browser that keeps nothing keeps no draft
  }
}

// A one-time link from another channel: told once, and taken out of the address.
function enterByLink() {
  const code = new URLSearchParams(location.search).get("ref") || "";
  if (!/^go-[\w-]{38}$/.test(code)) return;
  history.replaceState(null, "", location.pathname);
  call(`/${visitor}/messages`, { text: `/start ${code}`, id: code }).catch(() => null);
}

function findDraft() {
  try {
    return sessionStorage.getItem(DRAFT) || "";
  } catch {
    return "";
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (!text) return;
  if (!visitor) {
    hasty = true;
    return;
  }
  field.value = "";
  keepDraft();
  say(text);
});
field.addEventListener("input", keepDraft);
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});
starters.addEventListener("click", (event) => {
  if (event.target.matches("button")) say(event.target.textContent);
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && visitor) ask();
});
window.addEventListener("online", () => {
  if (visitor) ask();
});

field.value = field.value || findDraft();
start();
