// In an embed, tells the page around it how high the embed is. On that page, makes its frame as high.
// Without this script, frames have the height that their code says.
(() => {
  const origin = new URL(document.currentScript.src).origin;
  const main = document.querySelector(".embed-page > main");
  if (main) {
    const tell = () => {
      document.body.classList.add("is-measured");
      const embedHeight = Math.ceil(document.body.getBoundingClientRect().height);
      document.body.classList.remove("is-measured");
      parent.postMessage({ embedHeight }, "*");
    };
    const observer = new ResizeObserver(tell);
    for (const part of main.children) observer.observe(part);
    // The page around it may listen from later on, and ask.
    addEventListener("message", (event) => event.source === parent && event.data?.embedHeight === 0 && tell());
  } else {
    addEventListener("message", (event) => {
      const height = event.data?.embedHeight;
      if (event.origin !== origin || !Number.isInteger(height) || height < 1 || height > 20000) return;
      for (const frame of document.querySelectorAll("iframe")) {
        if (frame.contentWindow === event.source) frame.style.height = `${height}px`;
      }
    });
    for (const frame of document.querySelectorAll("iframe")) {
      if (frame.src.startsWith(`${origin}/`)) frame.contentWindow.postMessage({ embedHeight: 0 }, "*");
    }
  }
})();
