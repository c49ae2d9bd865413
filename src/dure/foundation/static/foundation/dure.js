/* The little that HTML cannot do alone. Everything works as plain links and forms without this file. */
"use strict";
(() => {
  const cookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";

  document.addEventListener("htmx:config:request", (event) => {
    event.detail.ctx.request.headers["X-CSRFToken"] = cookie("csrftoken");
  });

  const ask = (words) => new Promise((resolve) => {
    const dialog = document.getElementById("confirm").content.firstElementChild.cloneNode(true);
    dialog.querySelector("p").textContent = words;
    dialog.addEventListener("close", () => { resolve(dialog.returnValue === "yes"); dialog.remove(); });
    document.body.append(dialog);
    dialog.showModal();
  });

  document.addEventListener("submit", async (event) => {
    const form = event.target, button = event.submitter;
    const words = button?.dataset.confirm ?? form.dataset.confirm;
    if (!words || form.dataset.sure) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!(await ask(words))) return;
    form.dataset.sure = "1";
    form.requestSubmit(button);
    delete form.dataset.sure;
  }, true);

  // a second click while the first is on its way would hand the same in twice
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
    if (form.dataset.sending) event.preventDefault();
    form.dataset.sending = "1";
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("[data-sending]").forEach((form) => delete form.dataset.sending));

  const size = (bytes) => bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
  const zone = (event) => event.target.closest?.(".dropzone");
  for (const [type, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
    document.addEventListener(type, (event) => zone(event)?.classList.toggle("over", over));
  }
  document.addEventListener("change", (event) => {
    const words = zone(event)?.querySelector("[data-chosen]");
    if (words) words.textContent = [...event.target.files].map((file) => `${file.name} (${size(file.size)})`).join(", ");
  });

  const shut = (except) => document.querySelectorAll("details.drop[open]").forEach((menu) => { if (menu !== except) menu.open = false; });
  document.addEventListener("click", (event) => shut(event.target.closest("details.drop")));
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("details.drop[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });

  const settle = (root) => {
    root.querySelector?.("[data-focus]")?.focus();
    root.querySelectorAll?.(".tabs [aria-current]").forEach((tab) => { tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.clientWidth / 2; });
  };
  document.addEventListener("DOMContentLoaded", () => settle(document));
  document.addEventListener("htmx:after:swap", () => settle(document));
})();
