/** Places the nodes of a map by layers, with dagre; loaded when the first map is drawn, as no other view needs it. */

const NODE = {width: 196, height: 76};
const CLIENTS = {width: 128, height: 52};
const LABEL = {width: 96, height: 40};

let loading;

async function dagre() {
  // Its file for browsers: a script, which leaves its name on the window.
  loading ??= import('/lib/dagre/dist/dagre.min.js').then(() => window.dagre);
  return loading;
}

/** `{nodes: [{..., x, y, width, height}], edges: [{..., points, x, y}], width, height}`; x and y are centres. */
export async function layout({nodes, edges}, direction) {
  const {graphlib, layout: place} = await dagre();
  const graph = new graphlib.Graph();
  graph.setGraph({rankdir: direction, nodesep: 28, ranksep: direction === 'LR' ? 52 : 30, edgesep: 16, marginx: 12, marginy: 12});
  for (const node of nodes) graph.setNode(node.id, {...(node.type === 'client' ? CLIENTS : NODE)});
  const known = edges.filter(({from, to}) => from !== to && graph.hasNode(from) && graph.hasNode(to));
  for (const {from, to} of known) graph.setEdge(from, to, {...LABEL, labelpos: 'c'});
  place(graph);
  return {
    nodes: nodes.map((node) => ({...node, ...graph.node(node.id)})),
    edges: known.map((edge) => ({...edge, ...graph.edge(edge.from, edge.to), source: graph.node(edge.from), target: graph.node(edge.to)})),
    width: graph.graph().width || 0,
    height: graph.graph().height || 0,
  };
}
