package io.magpie.bench.jmh;

import io.magpie.core.command.Event;
import io.magpie.protocol.Codec;
import io.magpie.protocol.Decoded;
import io.magpie.protocol.json.JsonCodec;
import io.magpie.protocol.protobuf.ProtobufCodec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Reading a `send`, writing an `entry`.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
    @Param({"json", "protobuf"})
    public String form = "json";

    private Codec codec = new JsonCodec();
    private byte[] send = {};
    private final Event entry = Messages.pushed();

    @Setup
    public void prepare() {
        codec = form.equals("json") ? new JsonCodec() : new ProtobufCodec();
        send = codec.encodeRequest(Messages.send());
    }

    @Benchmark
    public Decoded decodeSend() {
        return codec.decodeRequest(send);
    }

    @Benchmark
    public byte[] encodeEntry() {
        return codec.encodeEvent(entry);
    }
}
