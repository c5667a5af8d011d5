package org.efferent.generation.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.Optional;
import org.efferent.core.InputException;
import org.efferent.core.StreamException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RemotePicturesTest {
  private static final String METADATA =
      """
      {"name":"painter","inputs":[
        {"name":"embedding","datatype":"FP32","shape":[-1,2]},
        {"name":"seed","datatype":"INT64","shape":[1]}],
       "outputs":[{"name":"image","datatype":"%s","shape":%s}]}
      """;
  private static final float[] EMBEDDING = {0.6f, 0.8f};

  private final FakeInferenceServer server = new FakeInferenceServer();

  @AfterEach
  void close() {
    server.close();
  }

  private RemotePictures open(String type, String shape, PictureTensors tensors)
      throws InterruptedException {
    server.describedAs(METADATA.formatted(type, shape));
    return new RemotePictures(
        RemoteModel.open(RemoteOptions.of(server.address(), "painter"), () -> 0, d -> {}), tensors);
  }

  private static PictureTensors tensors(PictureTensors.Layout layout, double black, double white) {
    return new PictureTensors(
        "embedding", true, Optional.of("seed"), "image", layout, black, white);
  }

  private void answer(String type, String shape, String data) {
    server.next(
        FakeInferenceServer.text(
            200,
            "{\"outputs\":[{\"name\":\"image\",\"datatype\":\"%s\",\"shape\":%s,\"data\":%s}]}"
                .formatted(type, shape, data)));
  }

  @Test
  void channelsFirstFromMinusOneToOne() throws InterruptedException {
    RemotePictures pictures =
        open("FP32", "[-1,3,-1,-1]", tensors(PictureTensors.Layout.NCHW, -1, 1));
    assertThat(pictures.width()).isEqualTo(2);
    answer("FP32", "[1,3,1,2]", "[-1,1, 0,-9, 9,0.5]");
    BufferedImage image = pictures.generate(EMBEDDING, 42);
    assertThat(image.getWidth()).isEqualTo(2);
    assertThat(image.getHeight()).isEqualTo(1);
    assertThat(image.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0x0080FF);
    assertThat(image.getRGB(1, 0) & 0xFFFFFF).isEqualTo(0xFF00BF);
    assertThat(server.seen().get(2).body())
        .contains("\"shape\":[1,2],\"data\":[0.6,0.8]")
        .contains("{\"name\":\"seed\",\"datatype\":\"INT64\",\"shape\":[1],\"data\":[42]}");
  }

  @Test
  void channelsLastAndGreyInBytes() throws InterruptedException {
    RemotePictures colours =
        open("UINT8", "[-1,-1,3]", tensors(PictureTensors.Layout.NHWC, 0, 255));
    answer("UINT8", "[2,1,3]", "[1,2,3,4,5,6]");
    BufferedImage image = colours.generate(EMBEDDING, 0);
    assertThat(image.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0x010203);
    assertThat(image.getRGB(0, 1) & 0xFFFFFF).isEqualTo(0x040506);
    RemotePictures grey =
        open("UINT8", "[-1,-1,-1,1]", tensors(PictureTensors.Layout.NHWC, 0, 255));
    answer("UINT8", "[1,1,2,1]", "[7,9]");
    assertThat(grey.generate(EMBEDDING, 0).getRGB(1, 0) & 0xFFFFFF).isEqualTo(0x090909);
  }

  @Test
  void whatIsNoPictureIsRefused() throws InterruptedException {
    RemotePictures pictures =
        open("FP32", "[-1,-1,-1,-1]", tensors(PictureTensors.Layout.NCHW, 0, 1));
    answer("FP32", "[1,1,2,3]", "[1,2,3,4,5,6]");
    assertThat(pictures.generate(EMBEDDING, 0).getWidth()).isEqualTo(3);
    answer("FP32", "[1,2,1,3]", "[1,2,3,4,5,6]");
    assertThatThrownBy(() -> pictures.generate(EMBEDDING, 0))
        .isInstanceOf(StreamException.class)
        .hasMessage(
            "output 'image' must be one picture of 1 or 3 channels, NCHW; shape=[1, 2, 1, 3]");
  }

  @Test
  void anEmbeddingIsCheckedBeforeItIsSent() throws InterruptedException {
    RemotePictures pictures = open("FP32", "[3,1,1]", tensors(PictureTensors.Layout.NCHW, 0, 1));
    assertThatThrownBy(() -> pictures.generate(new float[] {1}, 0))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "the embedding must have the model's width; values=1, width=2; was it made by another"
                + " encoder?");
    assertThatThrownBy(() -> pictures.generate(new float[] {1, Float.NaN}, 0))
        .hasMessage("the embedding must be finite; values[1]=NaN");
    assertThatThrownBy(() -> pictures.generate(new float[] {3, 4}, 0))
        .hasMessage("the embedding must be of length 1; length=5.0; divide it by its length");
    assertThat(server.seen()).hasSize(2);
  }

  @Test
  void aModelOfAnotherKindIsRefusedWithItsSignature() {
    String signature =
        "; it has inputs [embedding FP32 [-1, 2], seed INT64 [1]], outputs [image FP32 [1, 2]]";
    assertThatThrownBy(() -> open("FP32", "[1,2]", tensors(PictureTensors.Layout.NCHW, 0, 1)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "model 'painter': the picture must be numbers of three or four sizes; it has image"
                + " FP32 [1, 2]");
    PictureTensors other =
        new PictureTensors(
            "latent", false, Optional.empty(), "image", PictureTensors.Layout.NCHW, 0, 1);
    assertThatThrownBy(() -> open("FP32", "[1,2]", other))
        .hasMessage("model 'painter' has no input 'latent'" + signature);
    PictureTensors swapped =
        new PictureTensors(
            "seed", false, Optional.of("embedding"), "image", PictureTensors.Layout.NCHW, 0, 1);
    assertThatThrownBy(() -> open("FP32", "[1,2]", swapped))
        .hasMessage(
            "model 'painter': the embedding must be FP32 or FP64 of a known width; it has seed"
                + " INT64 [1]");
  }
}
