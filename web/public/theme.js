// Runs before the first paint, so that a dark page is never white first. app/theme.ts keeps the key.
(function () {
  var preference = "system";
  try {
    preference = localStorage.getItem("colonycraft.theme") || preference;
  } catch (_blocked) {
    // Storage is refused in some private windows: the system's theme then.
  }
  var dark =
    preference === "dark" ||
    (preference === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  var bar = document.querySelector('meta[name="theme-color"]');
  if (bar) bar.setAttribute("content", dark ? "#121614" : "#fafaf8");
})();
