package io.magpie.server.tls;

import io.magpie.server.config.SettingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemContent;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;

/// The content of the two files at one moment.
record PemFiles(Path certificateFile, String certificate, Path privateKeyFile, String privateKey) {
    static final String CERTIFICATE = "tls.certificate";
    static final String PRIVATE_KEY = "tls.privateKey";
    private static final String PEM_CERTIFICATE = "a PEM file: the server's certificate, then those that signed it";
    private static final String PEM_KEY = "a PEM file with the certificate's private key, not encrypted";

    /// @throws SettingException if one cannot be read
    static PemFiles read(Path certificateFile, Path privateKeyFile) {
        return new PemFiles(
                certificateFile,
                text(CERTIFICATE, certificateFile, PEM_CERTIFICATE),
                privateKeyFile,
                text(PRIVATE_KEY, privateKeyFile, PEM_KEY));
    }

    private static String text(String key, Path file, String expected) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            throw new SettingException("%s: %s cannot be read (expected: %s)".formatted(key, file, expected));
        }
    }

    /// @throws SettingException if they are not what they should be, or do not belong together
    SslBundle bundle() {
        List<X509Certificate> chain = chain();
        PrivateKey key = key();
        if (!belong(key, chain.getFirst())) {
            throw new SettingException("%s: %s does not belong to the certificate in %s (expected: %s)"
                    .formatted(PRIVATE_KEY, privateKeyFile, certificateFile, PEM_KEY));
        }
        return SslBundle.of(new PemSslStoreBundle(PemSslStore.of(chain, key), null));
    }

    private List<X509Certificate> chain() {
        try {
            List<X509Certificate> chain = PemContent.of(certificate).getCertificates();
            if (chain != null && !chain.isEmpty()) {
                return chain;
            }
        } catch (IllegalStateException | IllegalArgumentException _) {
            // Said below, as for a file without any.
        }
        throw new SettingException(
                "%s: %s holds no certificate (expected: %s)".formatted(CERTIFICATE, certificateFile, PEM_CERTIFICATE));
    }

    private PrivateKey key() {
        try {
            PrivateKey key = PemContent.of(privateKey).getPrivateKey();
            if (key != null) {
                return key;
            }
        } catch (IllegalStateException | IllegalArgumentException _) {
            // Said below, as for a file without one.
        }
        throw new SettingException(
                "%s: %s holds no private key (expected: %s)".formatted(PRIVATE_KEY, privateKeyFile, PEM_KEY));
    }

    private static boolean belong(PrivateKey key, X509Certificate certificate) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "RSASSA-PSS" -> "RSASSA-PSS";
            default -> key.getAlgorithm();
        };
        byte[] challenge = certificate.getSerialNumber().toByteArray();
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(challenge);
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(challenge);
            return verifier.verify(signer.sign());
        } catch (GeneralSecurityException _) {
            return false;
        }
    }
}
