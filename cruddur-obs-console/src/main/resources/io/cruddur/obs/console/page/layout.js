/** Places the nodes of a map by layers, with dagre; loaded when the first map is drawn, as no other view needs it. */

const NODE = {width: 196, height: 76};
const CLIENTS = {width: 128, height: 52};
const LABEL = {width: 96, height: 40};

let loading;
let failures = 0;

/** Its file for browsers: a script, which leaves its name on the window. */
async function dagre() {
  loading ??= import(file()).then(() => window.dagre);
  try {
    return await loading;
  } catch (failure) {
    loading = undefined;
    failures += 1;
    throw failure;
  }
}

/** A browser may remember that a module could not be had: by another address it is asked for anew. */
function file() {
  return `/lib/dagre/dist/dagre.min.js${failures > 0 ? `?${failures}` : ''}`;
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
