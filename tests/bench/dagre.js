// Lays out graphs with dagre. Reads {graphs, card, gaps} as JSON and writes, for each graph,
// {width, height, wires: [[operand, node, slot, points], ...], places: {id: [x, y], ...}}.

import { readFileSync } from "node:fs";

import { Graph, layout } from "@dagrejs/dagre";

const { graphs, card, gaps } = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(graphs.map(draw)));

function draw(nodes) {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "LR", ...gaps });
  for (const { id } of nodes) graph.setNode(String(id), { width: card[0], height: card[1] });
  for (const { id, operands } of nodes) {
    operands.forEach((operand, slot) => graph.setEdge(String(operand), String(id), {}, String(slot)));
  }
  layout(graph);
  const { width, height } = graph.graph();
  const wires = graph.edges().map((edge) => {
    const points = graph.edge(edge).points.map(({ x, y }) => [x, y]);
    return [Number(edge.v), Number(edge.w), Number(edge.name), points];
  });
  const places = nodes.map(({ id }) => [graph.node(String(id)).x, graph.node(String(id)).y]);
  return { width, height, wires, places };
}
