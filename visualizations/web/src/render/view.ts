// The drawing: sigma with our shapes, the clusters behind it and the names before it.

import Graph from "graphology";
import Sigma from "sigma";
import type { EdgeDisplayData, NodeDisplayData } from "sigma/types";

import type { App } from "../app";
import { Clusters } from "./clusters";
import { EdgeLineProgram } from "./edge-program";
import { reducedMotion } from "./machine";
import { Labels } from "./labels";
import { NodeShapeProgram } from "./node-program";
import { Style } from "./style";
import { DARK, LIGHT, type Palette } from "./theme";

/** More nodes than this are drawn as bubbles far out. */
const MANY = 600;
/** About so many nodes at once are told apart. */
const READABLE = 1200;

export class View {
  readonly sigma: Sigma;
  readonly labels: Labels;
  readonly clusters: Clusters;
  readonly style: Style;
  /** Whether clusters are drawn in place of their nodes. */
  far = false;
  hovered = -1;
  hoveredCluster = -1;
  palette: Palette = LIGHT;
  /** How much smaller nodes are drawn where there is little room, as on a phone. */
  small = 1;

  constructor(
    private readonly app: App,
    software: boolean,
  ) {
    this.style = new Style(app, this, software);
    // Empty at first: what is drawn before the state is known would be drawn twice.
    this.sigma = new Sigma(new Graph(), app.regions.stage, {
      allowInvalidContainer: true,
      renderLabels: false,
      defaultDrawNodeHover: () => undefined,
      hideEdgesOnMove: software && app.model.size > 500,
      nodeProgramClasses: { shape: NodeShapeProgram },
      nodeHoverProgramClasses: { shape: NodeShapeProgram },
      edgeProgramClasses: { line: EdgeLineProgram },
      defaultNodeType: "shape",
      defaultEdgeType: "line",
      nodeReducer: (key) => this.style.node(Number(key)) as Partial<NodeDisplayData>,
      edgeReducer: (key) => this.style.edge(Number(key)) as Partial<EdgeDisplayData>,
      zIndex: true,
      zoomToSizeRatioFunction: Math.cbrt, // near, nodes grow less than the room between them
      stagePadding: 40,
      minCameraRatio: 0.005,
      maxCameraRatio: 2,
      doubleClickZoomingRatio: 1,
    });
    this.sigma.setCustomBBox({ x: extent(app.model.data.nodes.x), y: extent(app.model.data.nodes.y) });
    this.clusters = new Clusters(app, this, this.layer("clusters", "edges", true));
    this.labels = new Labels(app, this, this.layer("names", "hoverNodes", false));
    this.sigma.resize(true);
    this.sigma.on("afterRender", () => this.drawLayers());
    this.sigma.getCamera().on("updated", () => this.zoomed());
    // Panels and the legend change the room for the map; sigma looks only when the window does.
    new ResizeObserver(() => this.sigma.scheduleRender()).observe(app.regions.stage);
  }

  private layer(id: string, beside: string, before: boolean): CanvasRenderingContext2D {
    const where = before ? { beforeLayer: beside } : { afterLayer: beside };
    this.sigma.createCanvasContext(id, { ...where, style: { pointerEvents: "none" } } as object);
    const context = (this.sigma.getCanvases()[id] as HTMLCanvasElement).getContext("2d");
    if (!context) throw new Error("this browser draws no canvas");
    return context;
  }

  /** Looks up how everything looks in the present state. */
  prepare(): void {
    this.palette = this.isDark ? DARK : LIGHT;
    const { clientWidth, clientHeight } = this.app.regions.stage;
    this.small = Math.max(0.55, Math.min(1, Math.min(clientWidth, clientHeight) / 640));
    this.far = this.isFar();
    this.style.prepare();
    this.clusters.recount();
    this.labels.rank();
  }

  /** Draws as prepared. */
  draw(): void {
    const { graph } = this.app.model;
    if (this.sigma.getGraph() === graph) this.sigma.refresh();
    else this.sigma.setGraph(graph);
  }

  get isDark(): boolean {
    const { theme } = this.app.store.get();
    return theme === "dark" || (theme === "" && matchMedia("(prefers-color-scheme: dark)").matches);
  }

  private isFar(): boolean {
    const { nodes } = this.app.visible;
    if (nodes <= MANY || this.app.model.data.groups.length < 2) return false;
    return this.ratio() > Math.min(0.75, Math.sqrt(READABLE / nodes));
  }

  private zoomed(): void {
    if (this.isFar() === this.far) return;
    this.far = !this.far;
    this.sigma.refresh();
  }

  private drawLayers(): void {
    this.clusters.draw();
    this.labels.draw(this.clusters.labels((text, bold) => this.labels.width(text, bold)));
  }

  /** Whether a node is on the canvas as itself. */
  isDrawn(node: number): boolean {
    return this.style.isDrawn(node);
  }

  ratio(): number {
    return this.sigma.getCamera().ratio;
  }

  size(): { width: number; height: number } {
    return this.sigma.getDimensions();
  }

  toCanvas(x: number, y: number): { x: number; y: number } {
    return this.sigma.graphToViewport({ x, y });
  }

  /** Pixels of the canvas for 1 of the drawing. */
  scale(): number {
    const [here, there] = [this.toCanvas(0, 0), this.toCanvas(1, 0)];
    return Math.hypot(there.x - here.x, there.y - here.y);
  }

  at(node: number): { x: number; y: number } {
    return this.toCanvas(this.app.model.x(node), this.app.model.y(node));
  }

  radius(node: number): number {
    return this.sigma.scaleSize(this.style.radius(node));
  }

  /** Names the node under the pointer, or none (-1). */
  hover(node: number): void {
    this.hovered = node;
    this.sigma.scheduleRender();
  }

  /** Names the bubble under the pointer, or none (-1). */
  hoverCluster(group: number): void {
    if (group === this.hoveredCluster) return;
    this.hoveredCluster = group;
    this.sigma.scheduleRender();
  }

  /** The part of the map's height that a sheet covers, on a phone. */
  private covered(): number {
    const { side, stage } = this.app.regions;
    const [sheet, map] = [side.getBoundingClientRect(), stage.getBoundingClientRect()];
    const over = sheet.height > 0 && sheet.left < map.right && map.height > 0;
    return over ? Math.max(0, Math.min(0.8, (map.bottom - sheet.top) / map.height)) : 0;
  }

  /** Moves so that some nodes are in view. */
  flyTo(nodes: readonly number[]): void {
    const places = nodes.map((node) => this.sigma.getNodeDisplayData(String(node)) ?? { x: 0.5, y: 0.5 });
    if (places.length === 0) return;
    const [xs, ys] = [places.map((one) => one.x), places.map((one) => one.y)];
    const middle = (all: number[]) => (Math.min(...all) + Math.max(...all)) / 2;
    const span = (all: number[]) => Math.max(...all) - Math.min(...all);
    const near = Math.min(1, Math.sqrt(150 / Math.max(this.app.model.order, 1)));
    const ratio = Math.max(span(xs) * 1.3, span(ys) * 1.3, nodes.length > 1 ? 0.02 : near * 0.6);
    const target = { x: middle(xs), y: middle(ys), ratio: Math.min(ratio, 1), angle: 0 };
    const { width, height } = this.size();
    const wanted = { x: width / 2, y: (height * (1 - this.covered())) / 2 };
    const there = this.sigma.viewportToFramedGraph(wanted, { cameraState: target });
    const moved = { ...target, x: 2 * target.x - there.x, y: 2 * target.y - there.y };
    void this.sigma.getCamera().animate(moved, { duration: reducedMotion() ? 1 : 450 });
  }

  /** Shows the whole map. */
  whole(): void {
    void this.sigma.getCamera().animate({ x: 0.5, y: 0.5, ratio: 1 }, { duration: reducedMotion() ? 1 : 450 });
  }
}

/** The least and the largest place of a column, in the drawing's own unit. */
function extent(places: readonly number[]): [number, number] {
  const [low, high] = places.reduce<[number, number]>(([one, other], at) => [Math.min(one, at), Math.max(other, at)], [Infinity, -Infinity]);
  return low < high ? [low / 10_000, high / 10_000] : [-1, 1];
}
