// Makes the fonts small: of their weights and features they keep only what the style sheets ask for, and their
// characters are in two files, of which the second comes when a text has some of them. What is changed has another name on the page: "Source" is reserved by its makers.

import subsetFont from "subset-font";

/** What a font keeps. @typedef {{ weight: number | { min: number, max: number }, features: string[] }} Kept */
/** Where it is from: a package and a name there; and its name here. @typedef {{ from: string, file: string, to: string }} Place */

/** Kerning, digits of one width, and letters with accents that are written in two parts. */
const FEATURES = ["kern", "tnum", "ccmp"];
const SERIF = { from: "@fontsource-variable/source-serif-4", features: [...FEATURES, "liga"] };
const SANS = { from: "@fontsource-variable/inter", features: FEATURES };
const MONO = { from: "@fontsource-variable/jetbrains-mono", features: FEATURES };

/** @type {(Kept & Place)[]} */
export const FONTS = [
  { ...SERIF, file: "source-serif-4-latin-wght-normal", to: "serif", weight: { min: 400, max: 640 } },
  { ...SERIF, file: "source-serif-4-latin-wght-italic", to: "serif-italic", weight: 400 },
  { ...SANS, file: "inter-latin-wght-normal", to: "sans", weight: { min: 400, max: 650 } },
  { ...MONO, file: "jetbrains-mono-latin-wght-normal", to: "mono", weight: { min: 400, max: 600 } },
];

/**
 * The characters of each font, by its name: its `unicode-range` in a style sheet, without what another
 * font of that name has already.
 * @param {string} css
 */
export function charactersOf(css) {
  const faces = css.matchAll(/url\("[^"]*\/([\w-]+)\.woff2"\)[^}]*?unicode-range: ([^;]+);/g);
  const ranges = new Map(Array.from(faces, ([, name, range]) => [name, charactersIn(range)]));
  for (const [name, characters] of ranges) {
    const first = ranges.get(name.replace(/-more$/, "")) ?? [];
    if (name.endsWith("-more")) ranges.set(name, characters.filter((character) => !first.includes(character)));
  }
  return ranges;
}

/** @param {string} range such as "U+20-7E, U+A0" */
function charactersIn(range) {
  return range.split(",").flatMap((part) => {
    const [first, last = first] = part.trim().slice(2).split("-").map((digits) => parseInt(digits, 16));
    return Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i));
  });
}

/** @param {Buffer} font @param {Kept} kept @param {string[]} characters @returns {Promise<Buffer>} */
export function cutFont(font, { weight, features }, characters) {
  const options = { keepFeatures: features, variationAxes: { wght: weight } };
  return subsetFont(font, characters.join(""), { targetFormat: "woff2", ...options });
}
