export { Palette } from "./components/palette";
export { PaletteLayer } from "./components/palette-layer";
