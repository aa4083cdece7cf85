/**
 * The page's own script for reading, kept as text because it runs in the reader's browser: opens the contents where there is
 * room, marks in it what is being read, lets the keyboard into what scrolls, and opens all code at once.
 */
export const readingScript: string = `"use strict";
(function () {
  var wide = matchMedia("(min-width: 70rem)");
  var contents = document.querySelector(".contents details");
  contents.open = wide.matches;
  wide.addEventListener("change", function () { contents.open = wide.matches; });

  var links = {};
  contents.querySelectorAll("a").forEach(function (link) { links[link.hash.slice(1)] = link; });
  var current;
  var reading = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      var link = links[entry.target.id] || links[entry.target.getAttribute("aria-labelledby")];
      if (!entry.isIntersecting || !link) return;
      if (current) current.removeAttribute("aria-current");
      current = link;
      link.setAttribute("aria-current", "true");
    });
  }, { rootMargin: "-10% 0px -80% 0px" });
  document.querySelectorAll("section, article, h4").forEach(function (part) { reading.observe(part); });

  // Only what really scrolls sideways is a stop for the keyboard.
  var scrolling = new ResizeObserver(function (entries) {
    entries.forEach(function (entry) {
      var box = entry.target;
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    });
  });
  document.querySelectorAll(".segbook-table, .output, .prose, .printed, .formula, .code pre").forEach(function (box) {
    scrolling.observe(box);
  });

  var allCode = document.querySelector(".all-code");
  if (allCode) {
    allCode.hidden = false;
    allCode.addEventListener("click", function () {
      var open = allCode.getAttribute("aria-pressed") !== "true";
      allCode.setAttribute("aria-pressed", String(open));
      document.querySelectorAll("details.code:not(.hidden-code)").forEach(function (code) { code.open = open; });
    });
  }
})();
`;
