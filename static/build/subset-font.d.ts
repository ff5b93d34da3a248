declare module "subset-font" {
  /** Makes a font with fewer characters, features and weights. */
  export default function subsetFont(
    font: Buffer,
    characters: string,
    options: { targetFormat: "woff2"; keepFeatures: string[]; variationAxes: Record<string, number | { min: number; max: number }> },
  ): Promise<Buffer>;
}
