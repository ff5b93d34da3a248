// Makes the fonts half as large: they keep every character, but of their weights and features only what the
// style sheets ask for. What is changed has another name on the page: "Source" is reserved by its makers.

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

/** All that a "latin" file of the packages can have. */
const CHARACTERS = Array.from({ length: 0x3000 - 0x20 }, (_, i) => String.fromCodePoint(0x20 + i)).join("");

/** @param {Buffer} font @param {Kept} kept @returns {Promise<Buffer>} */
export function cutFont(font, { weight, features }) {
  const options = { keepFeatures: features, variationAxes: { wght: weight } };
  return subsetFont(font, CHARACTERS, { targetFormat: "woff2", ...options });
}
