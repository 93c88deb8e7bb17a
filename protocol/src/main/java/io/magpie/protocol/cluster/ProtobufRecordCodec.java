package io.magpie.protocol.cluster;

import com.google.protobuf.InvalidProtocolBufferException;
import io.magpie.core.cluster.Facts;
import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.RecordCodec;
import io.magpie.core.log.BodyCodec;
import io.magpie.protocol.cluster.v1.ClusterRecords;
import java.util.Optional;

/// Facts as `cluster.proto` writes them, the bodies of entries as the store keeps them. Thread-safe.
public final class ProtobufRecordCodec implements RecordCodec {
    private final FactWriter writer;
    private final FactReader reader;

    public ProtobufRecordCodec(BodyCodec bodies) {
        this.writer = new FactWriter(bodies);
        this.reader = new FactReader(bodies);
    }

    @Override
    public byte[] encode(Facts facts) {
        var record = ClusterRecords.Record.newBuilder()
                .setNode(facts.from().node())
                .setIncarnation(facts.from().number());
        facts.facts().forEach(fact -> record.addFacts(writer.write(fact)));
        return record.build().toByteArray();
    }

    @Override
    public Facts decode(byte[] record) {
        try {
            var read = ClusterRecords.Record.parseFrom(record);
            if (read.getNode().isEmpty()) {
                throw new IllegalArgumentException("record: without a node (expected: cluster.proto)");
            }
            return new Facts(
                    new Incarnation(read.getNode(), read.getIncarnation()),
                    read.getFactsList().stream()
                            .map(reader::read)
                            .flatMap(Optional::stream)
                            .toList());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("record: " + e.getMessage() + " (expected: cluster.proto)", e);
        }
    }
}
