// What clusters and names are drawn with: a canvas, or a picture made of SVG.

/** As much of a canvas as we use. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | "arc"
  | "beginPath"
  | "clearRect"
  | "closePath"
  | "fill"
  | "fillText"
  | "lineTo"
  | "measureText"
  | "moveTo"
  | "stroke"
  | "strokeText"
  | "fillStyle"
  | "font"
  | "lineCap"
  | "lineJoin"
  | "lineWidth"
  | "strokeStyle"
  | "textBaseline"
>;
