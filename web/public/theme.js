// Runs before the first paint, so that a dark page is never white first. ui/theme.ts keeps the key.
(function () {
  var preference = "system";
  try {
    preference = localStorage.getItem("colonycraft.theme") || preference;
  } catch (_blocked) {
    // Storage is refused in some private windows: the system's theme then.
  }
  var root = document.documentElement.dataset;
  var follows = preference !== "light" && preference !== "dark";
  var dark = follows ? matchMedia("(prefers-color-scheme: dark)").matches : preference === "dark";
  root.theme = dark ? "dark" : "light";
  var more = preference === "high-contrast" || matchMedia("(prefers-contrast: more)").matches;
  root.contrast = more ? "more" : "normal";
  // ui/reading.ts keeps these.
  try {
    root.textSize = JSON.parse(localStorage.getItem("colonycraft.text-size")) || "normal";
    root.width = JSON.parse(localStorage.getItem("colonycraft.width")) || "normal";
    root.density = JSON.parse(localStorage.getItem("colonycraft.density")) || "comfortable";
  } catch (_blocked) {
    // As they are at first.
  }
})();
