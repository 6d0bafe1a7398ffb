// What app/keep-first-frame.ts kept, until the app is there. Of these elements: no text becomes markup.
(function () {
  var tags =
    /^(a|article|aside|b|blockquote|br|button|code|del|details|div|em|figcaption|figure|footer|form|h[1-6]|header|hr|i|input|kbd|label|li|main|mark|nav|ol|output|p|pre|section|span|strong|summary|sup|table|tbody|td|textarea|tfoot|th|thead|time|tr|u|ul|svg|path|circle|rect|line|polyline|polygon|ellipse|g)$/;
  var attributes =
    /^(class|dir|lang|placeholder|rows|colspan|rowspan|start|checked|open|hidden|disabled|type|viewBox|d|points|[xyr][12xy]?|c[xy]|width|height|fill|transform|stroke(-\w+)*|(aria|data)-[\w-]+)$/;

  var tops = [];

  function draw(parent, node) {
    if (typeof node === "string") return parent.append(node);
    if (!tags.test(node[0])) return;
    var isSvg = node[0] === "svg" || parent.namespaceURI === "http://www.w3.org/2000/svg";
    var element = isSvg
      ? document.createElementNS("http://www.w3.org/2000/svg", node[0])
      : document.createElement(node[0]);
    for (var name in node[1]) {
      if (name === "style") element.style.cssText = node[1].style;
      else if (attributes.test(name)) element.setAttribute(name, node[1][name]);
    }
    parent.append(element);
    for (var index = 2; index < node.length; index += 1) draw(element, node[index]);
    if (node[1].$top) tops.push([element, node[1].$top]);
  }

  try {
    var kept = JSON.parse(localStorage.getItem("colonycraft.first-frame"));
    var root = document.getElementById("root");
    var person = JSON.parse(localStorage.getItem("colonycraft.person"));
    var page = document.documentElement;
    var styles = document.querySelector("link[rel=stylesheet]");
    var look = JSON.stringify(page.dataset);
    var now = [person.uid, location.href, innerWidth, innerHeight, look, styles.href].join(" ");
    if (kept.of !== now) return;
    page.lang = kept.lang;
    page.dir = kept.dir;
    var frame = document.createElement("div");
    frame.id = "first-frame";
    frame.inert = true;
    frame.ariaHidden = "true";
    document.body.append(frame);
    // What is drawn behind it need not be painted.
    root.style.opacity = "0";
    for (var child of kept.nodes) draw(frame, child);
    // Once all of it has its height.
    for (var [element, top] of tops) element.scrollTop = top;
  } catch (_nothing) {
    // It begins empty.
  }
})();
