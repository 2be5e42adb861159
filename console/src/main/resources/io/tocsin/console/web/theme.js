// Runs before the first paint, so that a chosen theme does not flash.
(() => {
  const order = ["auto", "light", "dark"];
  const chosen = () => {
    try {
      const stored = localStorage.getItem("tocsin-theme");
      return order.includes(stored) ? stored : "auto";
    } catch {
      return "auto"; // storage is forbidden: the system's theme it is
    }
  };
  const show = (theme) => {
    document.documentElement.dataset.theme = theme;
    const button = document.getElementById("theme");
    if (button) {
      button.textContent = `Theme: ${theme}`;
    }
  };
  show(chosen());
  document.addEventListener("DOMContentLoaded", () => {
    show(chosen());
    document.getElementById("theme").addEventListener("click", () => {
      const next = order[(order.indexOf(document.documentElement.dataset.theme) + 1) % order.length];
      try {
        localStorage.setItem("tocsin-theme", next);
      } catch {
        // it holds until the page is left
      }
      show(next);
    });
  });
})();
