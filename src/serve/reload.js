// Keeps a previewed page up to date. Sent by `nutgraf serve` alone; no published page holds it.
"use strict";
(() => {
  const script = document.currentScript;
  const own = script.src.replace(/reload\.js.*$/, "");
  const here = "?path=" + encodeURIComponent(location.pathname);
  const nonce = script.nonce;
  const shown = JSON.parse(script.dataset.shown);
  let stream = null;
  let waiting = 0;
  let delay = 250;

  // What is being edited in the browser isn't lost: the workbench may hold a reload back.
  const reload = () => {
    if (document.dispatchEvent(new CustomEvent("nutgraf:reload", { cancelable: true }))) location.reload();
  };

  const ask = (name) => fetch(own + name + here, { cache: "no-store" });

  // The report of faults: comes, changes and goes without a reload.
  const report = async () => {
    const text = await (await ask("faults")).text();
    document.querySelectorAll("dialog.nutgraf-faults").forEach((old) => old.remove());
    document.body.insertAdjacentHTML("beforeend", text);
  };

  // Other stylesheets: each is put in place once it is loaded, so that nothing flashes.
  const restyle = async () => {
    const page = new DOMParser().parseFromString(await (await fetch(location.href, { cache: "no-store" })).text(), "text/html");
    const links = (root) => [...root.querySelectorAll("link[rel~=stylesheet]")];
    const [before, after] = [links(document), links(page)];
    if (before.length !== after.length) return reload();
    before.forEach((old, index) => {
      const link = old.cloneNode();
      const url = new URL(after[index].getAttribute("href"), location.href);
      if (url.origin !== location.origin) return;
      if (url.href === old.href) url.searchParams.set("nutgraf", Date.now());
      link.href = url.href;
      link.onload = link.onerror = () => old.remove();
      old.after(link);
    });
  };

  const go = async (key) => {
    const where = (await (await ask("where")).json())[key];
    const plain = location.pathname.replace(/\/index\.html$/, "/");
    if (where && where !== plain) location.assign(where + (key === "moved" ? location.hash : ""));
  };

  const update = (next) => {
    const was = { ...shown };
    Object.assign(shown, next);
    if (next.moved && !was.moved) return go("moved");
    if (next.page !== was.page) return reload();
    if (next.styles !== was.styles) restyle();
    if (next.faults !== was.faults) report();
    if (next.edit !== was.edit) go("edited");
  };

  // A hidden tab holds no connection: a browser has six for all of them.
  const listen = () => {
    clearTimeout(waiting);
    if (stream) stream.close();
    stream = null;
    if (document.hidden) return;
    stream = new EventSource(own + "events" + here);
    stream.onmessage = (message) => {
      delay = 250;
      update(JSON.parse(message.data));
    };
    stream.onerror = () => {
      // The server has gone, or is full: it may be started again.
      stream.close();
      waiting = setTimeout(listen, delay);
      delay = Math.min(delay * 2, 4000);
    };
  };
  // The workbench, for a browser that came by the terminal's address. The page comes first.
  const edit = async () => {
    const answer = await fetch(own + "workbench/is-open", { cache: "no-store" });
    if (!(await answer.json()).open) return;
    const { start } = await import(own + "assets/main.js");
    start(nonce);
  };
  if ("edits" in script.dataset) addEventListener("load", () => (window.requestIdleCallback ?? setTimeout)(edit));

  document.addEventListener("visibilitychange", listen);
  addEventListener("pageshow", (event) => event.persisted && listen());
  addEventListener("pagehide", () => stream && stream.close());
  listen();
})();
