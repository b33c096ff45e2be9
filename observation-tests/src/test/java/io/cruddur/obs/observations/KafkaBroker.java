package io.cruddur.obs.observations;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.slf4j.LoggerFactory;

/** A broker with its controller, in this process. Its sockets are bound before anything needs to know their ports. */
final class KafkaBroker implements AutoCloseable {
    private final ServerSocketChannel clients = bind();
    private final ServerSocketChannel controllers = bind();
    private final ControllerServer controller;
    private final BrokerServer broker;

    KafkaBroker(Path directory) throws Exception {
        String voter = "1@127.0.0.1:" + port(controllers);
        var config = new KafkaConfig(properties(directory, voter), false);
        new Formatter()
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName("CONTROLLER")
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
                .setMetadataLogDirectory(directory.toString())
                .addDirectory(directory.toString())
                .run();
        var directories = KafkaRaftServer.initializeLogDirs(config, LoggerFactory.getLogger(KafkaBroker.class), "");
        var shared = new SharedServer(
                config,
                directories._1(),
                Time.SYSTEM,
                new Metrics(),
                CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(List.of(voter))),
                List.of(),
                new StandardFaultHandlerFactory(),
                (listener, address, receiveBuffer, backlog) ->
                        address.getPort() == port(clients) ? clients : controllers);
        controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2());
        broker = new BrokerServer(shared);
        controller.startup();
        broker.startup();
    }

    private static ServerSocketChannel bind() throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open();
        socket.configureBlocking(false);
        return socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
    }

    private static int port(ServerSocketChannel socket) throws IOException {
        return ((InetSocketAddress) socket.getLocalAddress()).getPort();
    }

    private Properties properties(Path directory, String voter) throws IOException {
        var properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("log.dir", directory.toString());
        properties.put("listeners", "CLIENT://" + address() + ",CONTROLLER://127.0.0.1:" + port(controllers));
        properties.put("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("inter.broker.listener.name", "CLIENT");
        properties.put("controller.quorum.voters", voter);
        // One broker, and nothing that is large or waits.
        properties.put("num.partitions", "1");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("log.cleaner.dedupe.buffer.size", "1048577");
        properties.put("controlled.shutdown.enable", "false");
        return properties;
    }

    /** What a client asks for. */
    String address() throws IOException {
        return "127.0.0.1:" + port(clients);
    }

    @Override
    public void close() {
        broker.shutdown();
        controller.shutdown();
    }
}
