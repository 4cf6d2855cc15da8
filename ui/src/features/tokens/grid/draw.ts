// One cell on the canvas. Art has square corners and nothing over it but a badge, a bar under the pointer, a ring outside.
import type { Paint } from "./paint";

export type Cell = {
  readonly id: number;
  readonly rank: number;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly picked: boolean;
  readonly several: boolean;
  readonly focused: boolean;
  readonly hovered: boolean;
};

/** The mat of a thumbnail that has not arrived, or is not rendered. */
export function drawMat(context: CanvasRenderingContext2D, paint: Paint, { x, y, size }: Cell): void {
  context.fillStyle = paint["stage-mat"];
  context.fillRect(x, y, size, size);
}

/** Not rendered yet: the mat with a dashed edge, so that it does not look like something on its way. */
export function drawWaiting(context: CanvasRenderingContext2D, paint: Paint, cell: Cell): void {
  drawMat(context, paint, cell);
  dashed(context, paint["hairline-strong"], cell);
}

/** Unreadable: dashed red, and a sign. */
export function drawBroken(context: CanvasRenderingContext2D, paint: Paint, cell: Cell): void {
  context.fillStyle = paint["stage-neutral"];
  context.fillRect(cell.x, cell.y, cell.size, cell.size);
  dashed(context, paint.danger, cell);
  const middle = { x: cell.x + cell.size / 2, y: cell.y + cell.size / 2 };
  context.strokeStyle = paint.danger;
  context.lineWidth = 1.5;
  context.strokeRect(middle.x - 7, middle.y - 6, 14, 12);
  context.beginPath();
  context.moveTo(middle.x - 9, middle.y - 8);
  context.lineTo(middle.x + 9, middle.y + 8);
  context.stroke();
}

/** Rings and badges, over all pictures so that a neighbour does not cut them. */
export function drawMarks(context: CanvasRenderingContext2D, paint: Paint, cell: Cell): void {
  const { x, y, size, picked, several, focused } = cell;
  if (cell.hovered && size >= 56) drawBar(context, paint, cell);
  if (picked) {
    ring(context, paint["surface-4"], x, y, size, 1);
    ring(context, paint.accent, x, y, size, 3);
    if (several) drawCheck(context, paint, x + 3, y + 3);
  }
  if (focused && (!picked || several)) {
    if (!picked) ring(context, paint["surface-4"], x, y, size, 1);
    ring(context, paint.focus, x, y, size, picked ? 5 : 3);
  }
}

function drawBar(context: CanvasRenderingContext2D, paint: Paint, { id, rank, x, y, size }: Cell): void {
  context.fillStyle = paint["surface-4"];
  context.fillRect(x, y + size - 20, size, 20);
  context.font = paint.font;
  context.textBaseline = "middle";
  context.fillStyle = paint["text-1"];
  context.textAlign = "left";
  context.fillText(`#${id}`, x + 4, y + size - 10);
  if (size >= 64) {
    context.textAlign = "right";
    context.fillStyle = paint["text-2"];
    context.fillText(String(rank), x + size - 4, y + size - 10);
  }
}

function drawCheck(context: CanvasRenderingContext2D, paint: Paint, x: number, y: number): void {
  context.fillStyle = paint["accent-fill"];
  context.beginPath();
  context.roundRect(x, y, 16, 16, 3);
  context.fill();
  context.strokeStyle = paint["on-accent"];
  context.lineWidth = 1.8;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.beginPath();
  context.moveTo(x + 4.4, y + 8.2);
  context.lineTo(x + 7, y + 10.8);
  context.lineTo(x + 11.8, y + 5.4);
  context.stroke();
}

function ring(context: CanvasRenderingContext2D, colour: string, x: number, y: number, size: number, out: number): void {
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.strokeRect(x - out, y - out, size + 2 * out, size + 2 * out);
}

function dashed(context: CanvasRenderingContext2D, colour: string, { x, y, size }: Cell): void {
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.setLineDash([3, 3]);
  context.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1);
  context.setLineDash([]);
}
